using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>Divides what is to be read so that not too much of it is in memory as rows at a time.</summary>
public static class StretchChunks
{
    // About so many figures: a hundred megabytes of rows at most.
    private const int Figures = 100_000;

    /// <summary>In order; each chunk has at least one stretch.</summary>
    public static IEnumerable<IReadOnlyList<SeriesStretch>> Of(IEnumerable<SeriesStretch> stretches)
    {
        var (some, weight) = (new List<SeriesStretch>(), 0L);
        foreach (var stretch in stretches)
        {
            var more = Weight(stretch);
            if (some.Count > 0 && weight + more > Figures)
            {
                yield return some;
                (some, weight) = ([], 0);
            }
            some.Add(stretch);
            weight += more;
        }
        if (some.Count > 0)
            yield return some;
    }

    // Of a whole series some years are expected.
    private static long Weight(SeriesStretch stretch)
    {
        var most = stretch.Series.Frequency switch
        {
            Frequency.Hour => 25_000,
            Frequency.Day => 2_500,
            Frequency.Week => 500,
            _ => 150,
        };
        return stretch is { From: { } from, To: { } to } ? Math.Min(most, to.Index - from.Index + 1) : most;
    }
}
