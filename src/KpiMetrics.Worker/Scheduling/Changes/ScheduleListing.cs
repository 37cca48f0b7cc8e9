using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Worker.Scheduling.Changes;

/// <summary>One indicator's or duty's schedule with all that was ever changed of it.</summary>
/// <param name="History">Newest first: its own changes, and of a duty those of its indicator.</param>
public sealed record ScheduleListing(
    ScheduleTarget Target,
    IReadOnlyList<JobPreview> Jobs,
    IReadOnlyList<ScheduledJob> Lines,
    IReadOnlyList<ScheduleVersion> History
);
