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

    /// <summary>Every series of a measure that has figures or could be computed from some; empty where the catalog does not know the measure.</summary>
    public async Task<IReadOnlyList<SeriesKey>> SeriesOfAsync(MeasurePlace place, CancellationToken cancellationToken)
    {
        if (
            catalog.FindSet(place.Set) is not { } set
            || catalog.FindMeasure(place.Set, place.Measure) is not var (indicator, measure)
            || indicator.Code != place.Indicator
        )
            return [];
        var reported = new List<SeriesKey>();
        foreach (var code in graph.MeasuresBehind(set, place.Measure))
        {
            var query = new FigureQuery(set.Code, catalog.FindMeasure(set.Code, code)?.Indicator.Code, code);
            await foreach (var key in snapshot.ReadKeysAsync(query, cancellationToken))
                reported.Add(key);
        }
        var byMeasure = reported.ToLookup(key => key.Measure, StringComparer.Ordinal);
        return
        [
            .. graph
                .SeriesOf(set, measure, code => byMeasure[code])
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
            await figures.LoadAsync(some.SelectMany(graph.SourcesOf), cancellationToken);
            var evaluator = figures.Evaluator();
            foreach (var key in some)
            {
                if (evaluator.FormulaOf(key) is { } formula)
                    yield return (key, SeriesPoints.Of(evaluator, key, new(key, formula, zone)));
            }
        }
    }
}
