using KpiMetrics.Core.Catalog;
using KpiMetrics.Pipeline.Catalog;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Worker.Composition;

/// <summary>Remembers by which catalog and rules the points in InfluxDB were computed.</summary>
/// <remarks>
/// A measure replaced, a lineage imported or a rule mended changes points though no figure changed. Everything is marked to be published again
/// before the new state is remembered, so a crash in between only marks it twice.
/// </remarks>
internal sealed class PublishedCatalog(EngineSettings settings)
{
    private string File => Path.Combine(settings.Data, "published-catalog");

    /// <summary>Marks every figure where the catalog or the build is another than last time; null where it is the same or nothing was published yet.</summary>
    public async Task<long?> MarkWhereChangedAsync(IOutbox outbox, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var now = CatalogFingerprint.Of(
            [.. settings.CatalogFolders, .. settings.Areas.Files],
            typeof(IndicatorSet).Module.ModuleVersionId
        );
        if (System.IO.File.Exists(File) && await System.IO.File.ReadAllTextAsync(File, cancellationToken) == now)
            return null;
        long? marked = null;
        if ((await outbox.ReadStatusAsync(cancellationToken)).Published > 0)
            marked = await outbox.MarkAllAsync("worker", at, cancellationToken);
        await System.IO.File.WriteAllTextAsync(File, now, cancellationToken);
        return marked;
    }
}
