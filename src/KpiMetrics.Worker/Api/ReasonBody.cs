namespace KpiMetrics.Worker.Api;

/// <summary>Why a call does what it does, for the audit trail.</summary>
internal sealed record ReasonBody(string? Why);
