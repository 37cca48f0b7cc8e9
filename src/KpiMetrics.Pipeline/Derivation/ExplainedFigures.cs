using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation.Explaining;
using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Pipeline.Derivation;

/// <summary>Explains the ledger's figures; reads whole series, of the wanted one and of all it may be computed from.</summary>
public sealed class ExplainedFigures(CatalogSnapshot catalog, ILedger ledger, TimeProvider clock)
{
    /// <summary>Null where the catalog does not know the series.</summary>
    /// <param name="asOf">Only what was received at or before this instant; null for all that is known.</param>
    public async Task<TimedExplanation?> ExplainAsync(
        SeriesKey key,
        Period period,
        DateTimeOffset? asOf,
        CancellationToken cancellationToken
    )
    {
        var start = clock.GetTimestamp();
        var graph = new SeriesGraph(catalog);
        await using var snapshot = await ledger.OpenSnapshotAsync(asOf, cancellationToken);
        var known = new KnownFigures(graph, catalog, snapshot, keepStatements: true);
        await known.LoadAsync(graph.SourcesOf(key), cancellationToken);
        var read = clock.GetTimestamp();
        var explained = new Explainer(known.Evaluator(), catalog, known.StatementsOf).Explain(key, period);
        return explained is null ? null : new(explained, clock.GetElapsedTime(start, read), clock.GetElapsedTime(read));
    }
}
