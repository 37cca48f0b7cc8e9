using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation.Plans;

/// <summary>How far one figure's year is on the way to its plan.</summary>
/// <param name="Plan">The plan of the year.</param>
/// <param name="Done">Flows: the year so far; other numbers: the figure itself.</param>
/// <param name="Percent">Done of the plan of the year, in percent.</param>
/// <param name="DueByNow">What the allocation wants done up to and with the period; missing for kinds of which no plan can be split.</param>
/// <param name="PercentOfDue">Done of what is due by now, in percent: below 100 is behind the plan.</param>
/// <param name="Remaining">The plan less what is done; negative where it is exceeded. Missing for rates, indexes and scores.</param>
/// <param name="PeriodsLeft">How many periods of the year come after this one.</param>
/// <param name="PaceNeeded">What each of them must bring for the plan to be met.</param>
/// <param name="Allocation">How the plan was split; null where it was not.</param>
public sealed record PlanProgress(
    Derived Plan,
    Derived Done,
    Derived Percent,
    Derived DueByNow,
    Derived PercentOfDue,
    Derived Remaining,
    int PeriodsLeft,
    Derived PaceNeeded,
    PlanAllocation? Allocation
)
{
    /// <summary>The progress of the figure at <paramref name="position"/> of the series.</summary>
    /// <param name="series">From far enough back for the years that give the seasonal pattern, up to three complete ones.</param>
    /// <param name="ytd">The figure's entry of <see cref="YearToDate.Over"/>.</param>
    public static PlanProgress Of(SeriesColumns series, Measure measure, int position, Cumulated ytd, SeriesPlans plans)
    {
        var period = series.PeriodAt(position);
        var year = AgainstPlan.YearOf(period);
        var plan = AgainstPlan.TotalOf(plans, period);
        var done = AgainstPlan.Done(series, measure, position, ytd);
        var (due, allocation) = Due(series, measure, period, plan, plans.Of(period.Year));
        var remaining =
            measure.InPoints || measure.Kind == MeasureKind.Index
                ? Derived.Missing(Absence.DoesNotAddUp, period)
                : Less(plan, done, year);
        var left = Period.CountIn(period.Frequency, period.Year) - period.Number;
        return new(
            plan,
            done,
            AgainstPlan.Percent(done, plan, Absence.PlanIsZero, year),
            due,
            AgainstPlan.Percent(done, due, Absence.NothingDue, period),
            remaining,
            left,
            Pace(remaining, left, period),
            allocation
        );
    }

    private static (Derived Due, PlanAllocation? Allocation) Due(
        SeriesColumns series,
        Measure measure,
        Period period,
        Derived plan,
        PlanOfYear? ofYear
    )
    {
        if (measure.Kind == MeasureKind.Text)
            return (Derived.Missing(Absence.NotComparable, period), null);
        if (ofYear is null || plan.Value is null)
            return (plan, null);
        try
        {
            return PlanAllocation.Of(ofYear, measure.Kind, series) is { } allocation
                ? (Derived.Of(allocation.DueBy(period)), allocation)
                : (Derived.Missing(Absence.DoesNotAddUp, period), null);
        }
        catch (OverflowException)
        {
            return (Derived.Missing(Absence.TooLarge, period), null);
        }
    }

    private static Derived Less(Derived plan, Derived done, Period year)
    {
        if (done.Absence == Absence.NotComparable || plan.Value is not { } whole)
            return done.Absence == Absence.NotComparable ? done : plan;
        if (done.Value is not { } part)
            return done;
        try
        {
            return Derived.Of(whole - part);
        }
        catch (OverflowException)
        {
            return Derived.Missing(Absence.TooLarge, year);
        }
    }

    private static Derived Pace(Derived remaining, int left, Period period)
    {
        if (remaining.Value is not { } rest)
            return remaining;
        return left == 0 ? Derived.Missing(Absence.NoPeriodLeft, period) : Derived.Of(rest / left);
    }
}
