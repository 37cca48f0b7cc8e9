namespace KpiMetrics.Core.Alerting;

/// <summary>What one office, its head or a provincial office is told in one morning, in one message.</summary>
/// <param name="Province">Identity of the area that the office belongs to.</param>
/// <param name="Agency">The office; empty: the provincial office.</param>
/// <param name="Alerts">The worst and oldest first.</param>
/// <param name="Reminders">The next due first; none but for the office itself.</param>
public sealed record Digest(
    AlertAudience To,
    string Province,
    string Agency,
    DateTimeOffset Morning,
    IReadOnlyList<Alert> Alerts,
    IReadOnlyList<Reminder> Reminders
)
{
    /// <summary>Identity of the commune that the office is of; empty: it is the province's own.</summary>
    public string Area { get; init; } = "";

    public AlertSeverity Severity => Alerts.Count == 0 ? AlertSeverity.Info : Alerts.Max(alert => alert.Concern.Severity);
}
