namespace KpiMetrics.Worker.Scheduling.Changes;

/// <summary>Something that is wrong with a change of the schedule, or that who makes it should know.</summary>
/// <param name="Code">Stable, for programs: <c>unknown-indicator</c>, <c>slower-than-mandate</c>.</param>
public sealed record ScheduleRemark(string Code, string Message);
