namespace KpiMetrics.Worker.Scheduling;

/// <summary>From when a figure can be there to be looked for, and until when it must be.</summary>
public readonly record struct DueSpan(DateTimeOffset Opens, DateTimeOffset Due);
