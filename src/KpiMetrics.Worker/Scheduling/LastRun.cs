namespace KpiMetrics.Worker.Scheduling;

/// <summary>When a duty was last looked after, and what came of it.</summary>
public sealed record LastRun(DateTimeOffset At, string Outcome);
