namespace KpiMetrics.Pipeline.Ledger;

/// <summary>A change of the schedule that is asked for; null leaves what is.</summary>
/// <param name="Action">Its word in the audit trail: <c>set</c>, <c>pause</c>, <c>resume</c> or <c>source</c>.</param>
/// <param name="Actor">Who asks.</param>
/// <param name="Reason">Why.</param>
public sealed record ScheduleEdit(ScheduleTarget Target, string Action, string Actor, string Reason)
{
    public string? Cron { get; init; }

    public bool? Paused { get; init; }

    public int? Priority { get; init; }

    public int? Concurrency { get; init; }
}
