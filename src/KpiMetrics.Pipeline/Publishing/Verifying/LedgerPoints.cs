using System.Runtime.CompilerServices;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Pipeline.Publishing.Verifying;

/// <summary>All points that a ledger says there must be, measure by measure; a few series at a time are in memory.</summary>
/// <param name="zone">In which the windows open: Asia/Ho_Chi_Minh.</param>
internal sealed class LedgerPoints(SeriesGraph graph, CatalogSnapshot catalog, ILedgerSnapshot snapshot, TimeZoneInfo zone)
{
    private const int SeriesAtOnce = 200;

    private (string Set, ILookup<string, SeriesKey> Reported)? known;

    /// <summary>Every series of a measure that has figures or could be computed from some; empty where the catalog does not know the measure.</summary>
    public async Task<IReadOnlyList<SeriesKey>> SeriesOfAsync(MeasurePlace place, CancellationToken cancellationToken)
    {
        if (
            catalog.FindSet(place.Set) is not { } set
            || catalog.FindMeasure(place.Set, place.Measure) is not var (indicator, measure)
            || indicator.Code != place.Indicator
        )
            return [];
        if (known is not { } read || read.Set != place.Set)
        {
            var keys = new List<SeriesKey>();
            await foreach (var key in snapshot.ReadKeysAsync(new(place.Set), cancellationToken))
                keys.Add(key);
            known = read = (place.Set, keys.ToLookup(key => key.Measure, StringComparer.Ordinal));
        }
        return
        [
            .. graph
                .SeriesOf(set, measure, code => read.Reported[code])
                .Where(key => key.Indicator == place.Indicator && PointTags.Of(key).Fault is null),
        ];
    }

    /// <summary>The points of some series, series by series.</summary>
    public async IAsyncEnumerable<(SeriesKey Series, IEnumerable<(Period Period, Point Point)> Points)> ReadAsync(
        IEnumerable<SeriesKey> series,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        foreach (var some in series.Chunk(SeriesAtOnce))
        {
            var figures = new KnownFigures(graph, catalog, snapshot);
            foreach (var key in some)
                await figures.LoadAsync(graph.SourcesOf(key), cancellationToken);
            var evaluator = figures.Evaluator();
            foreach (var key in some)
            {
                if (evaluator.FormulaOf(key) is { } formula)
                    yield return (key, SeriesPoints.Of(evaluator, key, new(key, formula, zone)));
            }
        }
    }
}
