using KpiMetrics.Core.Alerting;

namespace KpiMetrics.Pipeline.Alerting;

/// <summary>What one round came to.</summary>
/// <param name="Live">All alerts that are open now.</param>
/// <param name="Fired">How many are new, or came back.</param>
/// <param name="Changed">How many go on as something else, or were taken up the ladder.</param>
/// <param name="Resolved">How many were closed.</param>
public sealed record AlertsKept(IReadOnlyList<Alert> Live, int Fired, int Changed, int Resolved);
