using KpiMetrics.Core.Catalog;
using KpiMetrics.Pipeline.Catalog;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Worker.Composition;

/// <summary>Remembers, in the ledger, by which catalog and rules the points in InfluxDB were computed.</summary>
/// <remarks>A measure replaced, a lineage imported or a rule mended changes points though no figure changed.</remarks>
internal sealed class PublishedCatalog(EngineSettings settings)
{
    /// <summary>Marks everything where the catalog or the build is another than last time; null where it is the same or nothing was published yet.</summary>
    public Task<long?> MarkWhereChangedAsync(IOutbox outbox, DateTimeOffset at, CancellationToken cancellationToken) =>
        outbox.MarkWhereComputedOtherwiseAsync(
            CatalogFingerprint.Of(
                [.. settings.CatalogFolders, .. settings.Areas.Files],
                typeof(IndicatorSet).Module.ModuleVersionId
            ),
            "worker",
            at,
            cancellationToken
        );
}
