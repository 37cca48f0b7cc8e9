using KpiMetrics.Core.Derivation.Explaining;

namespace KpiMetrics.Pipeline.Derivation;

/// <summary>An explanation, and what it took.</summary>
/// <param name="Reading">How long the ledger was read.</param>
/// <param name="Computing">How long was computed.</param>
public sealed record TimedExplanation(FigureExplanation Figure, TimeSpan Reading, TimeSpan Computing);
