namespace KpiMetrics.Pipeline.Ledger;

/// <summary>How far publishing is.</summary>
/// <param name="Waiting">Changed figures not yet published.</param>
/// <param name="OldestMarkedAt">When the oldest of them changed; null where none waits.</param>
/// <param name="Published">Points that InfluxDB has, as far as we know.</param>
/// <param name="Refused">Points that InfluxDB would not take; see <see cref="IOutbox.ReadRefusedAsync"/>.</param>
public sealed record OutboxStatus(long Waiting, DateTimeOffset? OldestMarkedAt, long Published, long Refused);
