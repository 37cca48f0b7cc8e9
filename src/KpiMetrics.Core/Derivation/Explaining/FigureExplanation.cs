using KpiMetrics.Core.Derivation.Plans;

namespace KpiMetrics.Core.Derivation.Explaining;

/// <summary>A figure and everything derived for it, explained.</summary>
/// <param name="Value">The figure itself.</param>
/// <param name="Comparisons">Pop, yoy, ytd, ytd_yoy and plan, in this order; those without a number say why.</param>
/// <param name="Progress">On the way to the plan of the year; null where there is no plan or no number.</param>
public sealed record FigureExplanation(
    LegalBasis Basis,
    Explanation Value,
    IReadOnlyList<Explanation> Comparisons,
    PlanProgress? Progress
)
{
    /// <summary>What a reported figure would be by the set's own rules; null where it was computed, or cannot be.</summary>
    public Explanation? Otherwise { get; init; }

    /// <summary>The explanation of one part.</summary>
    public Explanation this[ExplainedPart part] =>
        part == ExplainedPart.Value ? Value : Comparisons.First(comparison => comparison.Part == part);
}
