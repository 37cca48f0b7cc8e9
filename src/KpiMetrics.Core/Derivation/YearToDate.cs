using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation;

/// <summary><c>ytd</c>: the sum from the first period of the year; "lũy kế". Flows only: nothing else adds up over time.</summary>
/// <remarks>
/// The year is that of the period's window, so under cutoff-15 January begins on 15 December; for weeks it is the ISO week-year.
/// A gap does not hide the total, the coverage tells it: 11 of 12.
/// </remarks>
public static class YearToDate
{
    /// <summary>One entry for each figure of the series, which must begin no later than the year of its first wanted figure.</summary>
    public static Cumulated[] Over(SeriesColumns series, Measure measure)
    {
        var result = new Cumulated[series.Count];
        var year = int.MinValue;
        var have = 0;
        decimal? total = 0m;
        for (var i = 0; i < result.Length; i++)
        {
            var period = series.PeriodAt(i);
            if (period.Year != year)
                (year, have, total) = (period.Year, 0, 0m);
            have++;
            total = Add(total, series.ValueAt(i));
            result[i] = new(Total(measure, period, total), have, period.Number);
        }
        return result;
    }

    private static Derived Total(Measure measure, Period period, decimal? total)
    {
        if (measure.Kind != MeasureKind.Flow)
            return Derived.Missing(Absence.DoesNotAddUp, period);
        return total is { } sum ? Derived.Of(sum) : Derived.Missing(Absence.TooLarge, period);
    }

    private static decimal? Add(decimal? total, decimal value)
    {
        try
        {
            return total + value;
        }
        catch (OverflowException)
        {
            return null; // and so stays the rest of the year
        }
    }
}
