using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Figures;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Publishing.Verifying;

namespace KpiMetrics.Pipeline.Publishing;

/// <summary>Goes through all series of the catalog, measure by measure, some at a time, so that changes can be published in between.</summary>
/// <remarks>
/// Each figure is read once or twice, and each point computed once; the keys of all figures would bring the total of an area as often as one of its parts. How
/// far it came is kept by measure, so a killed process repeats one measure at most.
/// </remarks>
internal sealed class RebuildPass(RebuildMark begun, SeriesGraph graph, CatalogSnapshot catalog, TimeZoneInfo zone)
{
    // A measure of all communes at once, so that what is summed over them need not be read again.
    private const int SeriesAtOnce = 500;

    private readonly Queue<MeasurePlace> left = new(
        (
            from set in catalog.Sets
            from indicator in set.Indicators
            from measure in indicator.Measures
            select new MeasurePlace(set.Code, indicator.Code, measure.Code)
        )
            .Where(place => string.CompareOrdinal(NameOf(place), begun.Done) > 0)
            .OrderBy(NameOf, StringComparer.Ordinal)
    );
    private readonly Queue<SeriesKey> waiting = new();
    private MeasurePlace? current;
    private RebuildMark mark = begun;

    /// <summary>The rebuild this is a pass of.</summary>
    public long Mark => mark.Mark;

    /// <summary>The next series, all of one measure; none where all are done.</summary>
    public async Task<IReadOnlyList<SeriesKey>> NextAsync(ILedgerSnapshot snapshot, CancellationToken cancellationToken)
    {
        var points = new LedgerPoints(graph, catalog, snapshot, zone);
        while (waiting.Count == 0 && left.TryDequeue(out var next))
        {
            current = next;
            foreach (var series in await points.SeriesOfAsync(current, cancellationToken))
                waiting.Enqueue(series);
        }
        var some = new List<SeriesKey>();
        while (some.Count < SeriesAtOnce && waiting.TryDequeue(out var series))
            some.Add(series);
        return some;
    }

    /// <summary>True where nothing of the current measure is left.</summary>
    public bool IsAtEndOfMeasure => waiting.Count == 0;

    /// <summary>True where no measure is left.</summary>
    public bool IsOver => waiting.Count == 0 && left.Count == 0;

    /// <summary>What to keep once the points of the current measure have arrived.</summary>
    public RebuildMark MeasureDone()
    {
        var name = current is null ? mark.Done : NameOf(current);
        // By measures, as nobody counted the figures of each; not 0 before the last.
        var figures = left.Count == 0 ? 0 : Math.Max(1, mark.Figures * left.Count / (left.Count + 1));
        return mark = mark with { Done = name, Figures = figures };
    }

    private static string NameOf(MeasurePlace place) => $"{place.Set}/{place.Measure}";
}
