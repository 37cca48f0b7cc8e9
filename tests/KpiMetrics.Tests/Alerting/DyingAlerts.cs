using KpiMetrics.Core.Alerting;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Claims;

namespace KpiMetrics.Tests.Alerting;

/// <summary>The ledger's alerts as a process has them that is killed when it keeps what it decided.</summary>
/// <param name="isAfter">The ledger has it already, and nobody was told; false: just before.</param>
internal sealed class DyingAlerts(IAlerts alerts, bool isAfter) : IAlerts
{
    public bool IsDead { get; private set; }

    public async Task<int> KeepAlertEventsAsync(
        IReadOnlyCollection<AlertEvent> events,
        Claim? claim,
        CancellationToken cancellationToken
    )
    {
        if (isAfter)
            await alerts.KeepAlertEventsAsync(events, claim, cancellationToken);
        IsDead = true;
        throw new OperationCanceledException("killed");
    }

    public Task<IReadOnlyList<string>> ReadAlertSetsAsync(CancellationToken cancellationToken) =>
        alerts.ReadAlertSetsAsync(cancellationToken);

    public Task<IReadOnlyList<Alert>> ReadAlertsAsync(AlertQuery query, CancellationToken cancellationToken) =>
        alerts.ReadAlertsAsync(query, cancellationToken);

    public Task<IReadOnlyList<Alert>> FindAlertsAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
        alerts.FindAlertsAsync(keys, cancellationToken);

    public Task<IReadOnlyList<AlertEvent>> ReadAlertEventsAsync(string key, CancellationToken cancellationToken) =>
        alerts.ReadAlertEventsAsync(key, cancellationToken);
}
