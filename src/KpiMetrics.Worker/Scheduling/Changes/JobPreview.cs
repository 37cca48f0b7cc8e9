namespace KpiMetrics.Worker.Scheduling.Changes;

/// <summary>How a job will be, and when it fires next.</summary>
/// <param name="Fires">Twenty at most, by the clock of Vietnam; what they would be, where the job is paused.</param>
public sealed record JobPreview(PlannedJob Job, IReadOnlyList<DateTimeOffset> Fires);
