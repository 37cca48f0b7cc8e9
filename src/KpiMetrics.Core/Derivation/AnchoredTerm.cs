using KpiMetrics.Core.Figures;

namespace KpiMetrics.Core.Derivation;

/// <summary>One of the numbers that <see cref="AnchoredYearToDate"/> adds up.</summary>
/// <param name="Statement">What was said of the figure's period: now, or when the running total was reported.</param>
/// <param name="IsRunningTotal">True for the running total, false for the amount of one period.</param>
/// <param name="IsTakenOff">True where the number is subtracted: the total has it already.</param>
public sealed record AnchoredTerm(Figure Figure, Statement Statement, bool IsRunningTotal, bool IsTakenOff);
