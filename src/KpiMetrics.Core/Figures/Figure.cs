using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Figures;

/// <summary>What is known of one period of a series: the statement that counts, and how often its source has restated it.</summary>
/// <param name="Revision">1 for the source's first statement, one more for each that did not just repeat the one before of its vintage.</param>
public sealed record Figure(Period Period, Statement Current, int Revision);
