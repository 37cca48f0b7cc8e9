using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Api;

/// <summary>There is a catalog with at least one set.</summary>
internal sealed class CatalogReady(Engine engine) : IReadyCheck
{
    public string Name => "catalog";

    public Task<string?> FindFaultAsync(CancellationToken cancellationToken) =>
        Task.FromResult(engine.Catalog.Sets.Count > 0 ? null : "there is no indicator set");
}
