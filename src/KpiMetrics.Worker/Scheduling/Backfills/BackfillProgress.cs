namespace KpiMetrics.Worker.Scheduling.Backfills;

/// <summary>How far a backfill is.</summary>
/// <param name="Done">Questions asked so far, out of <paramref name="Total"/>.</param>
public readonly record struct BackfillProgress(int Done, int Total, BackfillQuestion Last);
