namespace KpiMetrics.Pipeline.Ledger;

/// <summary>What waits to be published, counted quickly whatever has been.</summary>
/// <param name="Figures">Changed figures not yet published.</param>
/// <param name="OldestMarkedAt">When the oldest of them changed; null where none waits.</param>
/// <param name="Refused">Points that InfluxDB would not take.</param>
public sealed record OutboxWaiting(long Figures, DateTimeOffset? OldestMarkedAt, long Refused);
