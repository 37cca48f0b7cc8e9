using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation;

/// <summary>Which period indexes belong to one year, so that a walk over a series asks the calendar once a year.</summary>
internal readonly record struct YearSpan(int First, int Last)
{
    public static readonly YearSpan None = new(0, -1);

    public bool Holds(int index) => index >= First && index <= Last;

    public static YearSpan Of(SeriesColumns series, int position)
    {
        var index = series.IndexAt(position);
        if (series.Frequency == Frequency.Month)
            return new(index / 12 * 12, index / 12 * 12 + 11);
        var period = series.PeriodAt(position);
        return new(period.FirstOfYear.Index, period.LastOfYear.Index);
    }
}
