namespace KpiMetrics.Worker.Scheduling.Backfills;

/// <summary>How a backfill stands.</summary>
/// <param name="Asked">Questions asked so far.</param>
/// <param name="Result">Null until it is done.</param>
/// <param name="EndedAt">Null while it runs.</param>
internal sealed record BackfillStatus(BackfillState State, int Asked, BackfillResult? Result, DateTimeOffset? EndedAt);
