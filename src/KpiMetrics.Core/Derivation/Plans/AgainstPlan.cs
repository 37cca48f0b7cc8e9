using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation.Plans;

/// <summary><c>plan</c>: what is done of the plan of the year, in percent; "đạt ... % kế hoạch", "so với dự toán".</summary>
public static class AgainstPlan
{
    /// <summary>One entry for each figure of the series: 41.7 means 41.7 % of the year's plan.</summary>
    /// <param name="ytd">Of the same figures: <see cref="YearToDate.Over"/>.</param>
    public static Derived[] Over(SeriesColumns series, Measure measure, YearToDateColumn ytd, SeriesPlans plans)
    {
        var result = new Derived[series.Count];
        Period year = default;
        Derived plan = default;
        for (var i = 0; i < result.Length; i++)
        {
            var period = series.PeriodAt(i);
            if (i == 0 || period.Year != year.Year)
                (year, plan) = (YearOf(period), TotalOf(plans, period));
            result[i] = Percent(Done(series, measure, i, ytd[i]), plan, Absence.PlanIsZero, year);
        }
        return result;
    }

    /// <summary>Flows: the year so far. Other numbers: the figure itself, running totals being the year so far already.</summary>
    internal static Derived Done(SeriesColumns series, Measure measure, int position, Cumulated ytd) =>
        measure.Kind switch
        {
            MeasureKind.Flow => ytd.Total,
            MeasureKind.Text => Derived.Missing(Absence.NotComparable, series.PeriodAt(position)),
            _ => Derived.Of(series.ValueAt(position)),
        };

    internal static Derived TotalOf(SeriesPlans plans, Period period) =>
        plans.Of(period.Year)?.Total ?? Derived.Missing(Absence.NoPlan, YearOf(period));

    /// <summary>The part in percent of the whole; where the whole is zero, that reason.</summary>
    /// <param name="at">The period that a reason names.</param>
    internal static Derived Percent(Derived part, Derived whole, Absence whereZero, Period at)
    {
        if (part.Absence == Absence.NotComparable || whole.Value is not { } all)
            return part.Absence == Absence.NotComparable ? part : whole;
        if (part.Value is not { } done)
            return part;
        if (all == 0m)
            return Derived.Missing(whereZero, at);
        try
        {
            return Derived.Of(done / all * 100m);
        }
        catch (OverflowException)
        {
            return Derived.Missing(Absence.TooLarge, at);
        }
    }

    internal static Period YearOf(Period period) => Period.Of(Frequency.Year, period.Year);
}
