using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation.Plans;

/// <summary>How the years before were spread over their periods.</summary>
internal static class SeasonalShape
{
    private const int MostYears = 3;

    /// <summary>
    /// The shares of each period of the year, in order, added up over the newest complete years before it that have a positive total;
    /// null where there is none.
    /// </summary>
    /// <param name="years">The years used, newest first.</param>
    public static decimal[]? Of(int year, MeasureKind kind, SeriesColumns series, out List<int> years)
    {
        years = [];
        if (series.Count == 0)
            return null;
        var first = Period.Of(series.Frequency, year);
        var shape = new decimal[Period.CountIn(series.Frequency, year)];
        for (var before = year - 1; before >= series.PeriodAt(0).Year && years.Count < MostYears; before--)
        {
            if (IsComplete(series, before) && TryAdd(shape, first, before, kind, series))
                years.Add(before);
        }
        return years.Count > 0 ? shape : null;
    }

    private static bool IsComplete(SeriesColumns series, int year)
    {
        var first = Period.Of(series.Frequency, year);
        var (from, to) = (series.PositionOf(first), series.PositionOf(first.LastOfYear));
        return from >= 0 && to - from == Period.CountIn(series.Frequency, year) - 1;
    }

    private static bool TryAdd(decimal[] shape, Period first, int before, MeasureKind kind, SeriesColumns series)
    {
        var amounts = new decimal[shape.Length];
        var total = 0m;
        for (var at = 0; at < amounts.Length; at++)
        {
            amounts[at] = AmountOf(series, Counterpart(first.Shift(at), before), kind);
            total += amounts[at];
        }
        if (total <= 0m)
            return false;
        for (var at = 0; at < amounts.Length; at++)
            shape[at] += amounts[at] / total;
        return true;
    }

    /// <summary>The same period of an earlier year; for week 53 of a year that has none its last week.</summary>
    private static Period Counterpart(Period period, int year)
    {
        Period? found = period;
        while (found is { } later && later.Year > year)
            found = later.YearEarlier;
        return found ?? Period.Of(period.Frequency, year).LastOfYear;
    }

    private static decimal AmountOf(SeriesColumns series, Period period, MeasureKind kind)
    {
        var at = series.PositionOf(period);
        return kind == MeasureKind.Cumulative && period.Number > 1
            ? series.ValueAt(at) - series.ValueAt(at - 1)
            : series.ValueAt(at);
    }
}
