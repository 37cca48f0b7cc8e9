using KpiMetrics.Core.Obligations;

namespace KpiMetrics.Worker.Scheduling.Lanes;

/// <summary>What came of one run of a duty's work.</summary>
/// <param name="At">When it ended.</param>
/// <param name="Outcome">In the words of the work; empty where there was nothing to do.</param>
/// <param name="Fault">What went wrong that the work did not foresee; null: nothing.</param>
public sealed record LaneRun(Duty Duty, string Source, DateTimeOffset At, string Outcome, TimeSpan Duration, Exception? Fault);
