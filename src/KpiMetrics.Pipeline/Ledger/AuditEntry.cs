namespace KpiMetrics.Pipeline.Ledger;

/// <summary>Who did what, when.</summary>
/// <param name="Details">What exactly, as JSON.</param>
public sealed record AuditEntry(DateTimeOffset At, string Actor, string Action, string Details);
