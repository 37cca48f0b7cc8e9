namespace KpiMetrics.Worker.Scheduling;

/// <summary>What came of ringing a duty.</summary>
/// <param name="Outcome">Empty where there was nothing to ask.</param>
/// <param name="HasMore">More is waiting than one visit asks for.</param>
/// <param name="IsElsewhere">Another worker is at it, and what it leaves is to be looked at again.</param>
internal readonly record struct DutyVisit(string Outcome, bool HasMore, bool IsElsewhere);
