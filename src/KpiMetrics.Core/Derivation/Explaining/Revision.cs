using KpiMetrics.Core.Figures;

namespace KpiMetrics.Core.Derivation.Explaining;

/// <summary>One of the statements that a figure's source made about it, repetitions left out.</summary>
/// <param name="Number">1 for the first received, 2 for the next.</param>
/// <param name="Counts">True for the one that stands.</param>
public sealed record Revision(int Number, Statement Statement, bool Counts);
