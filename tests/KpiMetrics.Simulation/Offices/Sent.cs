namespace KpiMetrics.Simulation.Offices;

/// <summary>One figure as an office states it.</summary>
/// <param name="At">From when on it answers with it.</param>
internal readonly record struct Sent(DateTimeOffset At, string Value);
