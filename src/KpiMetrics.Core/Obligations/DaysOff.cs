namespace KpiMetrics.Core.Obligations;

/// <summary>Days on which no office works, both ends included; weekends among them change nothing.</summary>
/// <param name="Name">What is celebrated, or why.</param>
/// <param name="Origin">The announcement that says so; null where none is named.</param>
public sealed record DaysOff(DateOnly From, DateOnly To, string Name, string? Origin = null);
