namespace KpiMetrics.Pipeline.Ledger;

/// <summary>What operations say of a target of the schedule; null: nothing, so that what is less particular holds.</summary>
/// <param name="Cron">A cron expression with seconds, by the clock of Vietnam.</param>
/// <param name="PausedRevision">The change that last said <paramref name="Paused"/>: of an indicator and its duty the later word counts. 0: none did.</param>
/// <param name="Priority">0..9, more urgent with the number.</param>
/// <param name="Concurrency">How many questions a source is asked at once; of a source only.</param>
public sealed record ScheduleState(string? Cron, bool? Paused, long PausedRevision, int? Priority, int? Concurrency)
{
    public static ScheduleState Nothing { get; } = new(null, null, 0, null, null);
}
