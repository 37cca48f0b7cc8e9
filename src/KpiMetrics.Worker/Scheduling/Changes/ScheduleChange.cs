namespace KpiMetrics.Worker.Scheduling.Changes;

/// <summary>A change of the schedule as a person asks for it; null leaves what is.</summary>
/// <param name="Of">An indicator's code, set/indicator, or set/indicator/F.</param>
public sealed record ScheduleChange(string Of, string Who, string Why)
{
    public string? Cron { get; init; }

    public bool? Paused { get; init; }

    public int? Priority { get; init; }
}
