using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Pipeline.Publishing;

/// <summary>What points of one batch are computed from, brought from a snapshot step by step: what one step read the next does not read again.</summary>
internal sealed class BatchReading(SeriesGraph graph, CatalogSnapshot catalog, ILedgerSnapshot snapshot)
{
    private readonly KnownFigures known = new(graph, catalog, snapshot);
    private readonly ReadRanges ranges = new(graph);

    /// <summary>How many figures it holds.</summary>
    public int Count => known.Count;

    /// <summary>Brings in what the points need, and computes from all that it holds.</summary>
    public async Task<SeriesEvaluator> EvaluatorAsync(
        IEnumerable<KeyValuePair<SeriesKey, PeriodSpans>> points,
        CancellationToken cancellationToken
    )
    {
        foreach (var (series, periods) in points)
            ranges.Add(series, periods);
        await known.LoadAsync(ranges, cancellationToken);
        return known.Evaluator();
    }
}
