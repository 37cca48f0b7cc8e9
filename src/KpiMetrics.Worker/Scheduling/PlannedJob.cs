using KpiMetrics.Core.Obligations;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>The job that a duty should have.</summary>
/// <param name="Cron">A Quartz expression by the clock of Vietnam.</param>
/// <param name="Priority">0..9, more urgent with the number; 5 where operations say nothing.</param>
public sealed record PlannedJob(Duty Duty, string Cron, CronOrigin Origin, bool IsPaused, int Priority)
{
    public const int DefaultPriority = 5;

    public const int HighestPriority = 9;

    /// <summary>What operations said of the cron and no scheduler takes, where that is so.</summary>
    public string? RefusedCron { get; init; }
}
