namespace KpiMetrics.Pipeline.Ledger;

/// <summary>One change of the schedule as it was recorded.</summary>
/// <param name="Revision">Counts all changes of the ledger, from 1.</param>
/// <param name="State">What holds of the target from then on.</param>
/// <param name="Before">What held until then.</param>
/// <param name="Action"><c>set</c>, <c>pause</c>, <c>resume</c>, <c>source</c> or <c>revert</c>.</param>
public sealed record ScheduleVersion(
    long Revision,
    ScheduleTarget Target,
    ScheduleState State,
    ScheduleState Before,
    DateTimeOffset At,
    string Actor,
    string Action,
    string Reason
);
