namespace KpiMetrics.Worker.Api;

/// <summary>What a call changes of a schedule; null leaves what is.</summary>
/// <param name="Cron">A Quartz expression by the clock of Vietnam.</param>
/// <param name="Priority">0..9, more urgent with the number.</param>
/// <param name="Insist">Change it though there are warnings.</param>
internal sealed record ScheduleBody(string? Cron, int? Priority, string? Why, bool? Insist);
