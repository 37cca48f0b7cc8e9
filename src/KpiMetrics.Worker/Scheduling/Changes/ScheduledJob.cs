namespace KpiMetrics.Worker.Scheduling.Changes;

/// <summary>A line of the schedule.</summary>
/// <param name="Next">The next fire by the clock of Vietnam; null where it is paused, waits for an emergency, or never fires again.</param>
/// <param name="WaitsForEmergency">Hours beside a coarser frequency, and no emergency is in force.</param>
/// <param name="LastRun">Null where it is not known.</param>
public sealed record ScheduledJob(PlannedJob Job, DateTimeOffset? Next, bool WaitsForEmergency, LastRun? LastRun);
