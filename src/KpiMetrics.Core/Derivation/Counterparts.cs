using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation;

/// <summary>Where in a series the figures stand that others are compared with.</summary>
internal static class Counterparts
{
    /// <summary>The period meant; null where the calendar has none.</summary>
    public static Period? Of(Counterpart counterpart, Period period) =>
        counterpart switch
        {
            Counterpart.Previous => period.Previous,
            Counterpart.YearEarlier => period.YearEarlier,
            _ => period.FirstOfYear.Previous,
        };

    /// <summary>For each figure the position of its counterpart; negative where that has no figure, or there is none.</summary>
    public static int[] Positions(SeriesColumns series, Counterpart counterpart)
    {
        var positions = new int[series.Count];
        if (Lag(counterpart, series.Frequency) is { } lag)
            ByLag(series, lag, positions);
        else
        {
            for (var i = 0; i < positions.Length; i++)
                positions[i] = Of(counterpart, series.PeriodAt(i)) is { } other ? series.PositionOf(other) : -1;
        }
        return positions;
    }

    // Both the figures and their counterparts ascend, so one walk finds them all; a gap is stepped over, not counted.
    private static void ByLag(SeriesColumns series, int lag, int[] positions)
    {
        var at = 0;
        for (var i = 0; i < positions.Length; i++)
        {
            var wanted = series.IndexAt(i) - lag;
            while (series.IndexAt(at) < wanted)
                at++;
            positions[i] = series.IndexAt(at) == wanted ? at : -1;
        }
    }

    private static int? Lag(Counterpart counterpart, Frequency frequency) =>
        (counterpart, frequency) switch
        {
            (Counterpart.Previous, _) => 1,
            (Counterpart.YearEarlier, Frequency.Month) => 12,
            (Counterpart.YearEarlier, Frequency.Quarter) => 4,
            (Counterpart.YearEarlier, Frequency.HalfYear) => 2,
            (Counterpart.YearEarlier, Frequency.Year) => 1,
            _ => null,
        };
}
