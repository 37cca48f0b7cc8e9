using KpiMetrics.Core.Alerting;
using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Pipeline.Alerting;

/// <summary>What another sees, without what left the catalog: nobody can act on that any more. Closed because of it, unless the other knows better.</summary>
/// <remarks>What is valid no longer is still in the catalog, and still seen. What comes back opens its alert again.</remarks>
internal sealed class CataloguedAlerts(CatalogSnapshot catalog, IAlertProvider inner) : IAlertProvider
{
    public bool Knows(AlertKind kind) => inner.Knows(kind);

    public async Task<IReadOnlyList<Concern>> ReadAsync(string set, DateTimeOffset at, CancellationToken cancellationToken) =>
        [.. (await inner.ReadAsync(set, at, cancellationToken)).Where(concern => Gone(concern) is null)];

    public async Task<IReadOnlyDictionary<string, Evidence>> FindEvidenceAsync(
        IReadOnlyCollection<Alert> unseen,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<string, Evidence>(StringComparer.Ordinal);
        foreach (var (key, evidence) in await inner.FindEvidenceAsync(unseen, at, cancellationToken))
            found[key] = evidence;
        foreach (var alert in unseen)
        {
            // What the other knows from before somebody opened it again closes it no more.
            var isClosed = found.TryGetValue(alert.Key, out var known) && !(known.At <= alert.DoubtedAt);
            if (!isClosed && Gone(alert.Concern) is { } gone)
                found[alert.Key] = new(at, gone);
        }
        return found;
    }

    // Null where the catalog has it.
    private string? Gone(Concern concern)
    {
        if (catalog.FindSet(concern.Set) is null)
            return $"Bộ chỉ số {concern.Set} không còn trong danh mục";
        if (concern.Indicator is { } indicator && catalog.FindIndicator(concern.Set, indicator) is null)
            return $"Chỉ số {indicator} không còn trong danh mục";
        return concern.Measure is { } measure && catalog.FindMeasure(concern.Set, measure) is null
            ? $"Chỉ tiêu {measure} không còn trong danh mục"
            : null;
    }
}
