using KpiMetrics.Core.Alerting;
using KpiMetrics.Pipeline.Ledger.Claims;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>The ledger's alerts and all that ever happened to them: nothing of it is changed or deleted.</summary>
public interface IAlerts
{
    /// <summary>The sets of which anything can be an alert: the ledger has duties, series, findings or open alerts of them.</summary>
    Task<IReadOnlyList<string>> ReadAlertSetsAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Keeps events and what they leave of their alerts. One whose alert has had another number of events by now is passed over, as are those that follow
    /// on it: somebody was faster, and whoever decided looks again. What a person did leaves a row of the audit trail too.
    /// </summary>
    /// <param name="events">Those of one alert in their order.</param>
    /// <param name="claim">Under which they were decided; null: under none.</param>
    /// <returns>How many were kept.</returns>
    /// <exception cref="ClaimLostException">Somebody else has the claim; nothing is kept.</exception>
    Task<int> KeepAlertEventsAsync(IReadOnlyCollection<AlertEvent> events, Claim? claim, CancellationToken cancellationToken);

    /// <summary>Those that match, the worst first, then the oldest.</summary>
    Task<IReadOnlyList<Alert>> ReadAlertsAsync(AlertQuery query, CancellationToken cancellationToken);

    /// <summary>Those of the keys that there are, in any order.</summary>
    Task<IReadOnlyList<Alert>> FindAlertsAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken);

    /// <summary>All that happened to an alert, in order; empty where there is none.</summary>
    Task<IReadOnlyList<AlertEvent>> ReadAlertEventsAsync(string key, CancellationToken cancellationToken);
}
