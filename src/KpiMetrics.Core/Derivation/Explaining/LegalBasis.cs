using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation.Explaining;

/// <summary>By what right a figure is what it is: the decision, the row, the rules in force for its period.</summary>
/// <param name="Indicator">As it was when the period began.</param>
/// <param name="Measure">As it was when the period began.</param>
/// <param name="Regime">The rule in force for the period.</param>
/// <param name="Area">Null where the catalog no longer has it.</param>
/// <param name="Predecessors">The areas that it was made from.</param>
/// <param name="Successors">The areas that it went into.</param>
public sealed record LegalBasis(
    IndicatorSet Set,
    Indicator Indicator,
    Measure Measure,
    RegimeRule Regime,
    Window Window,
    Area? Area,
    IReadOnlyList<AreaOrigin> Predecessors,
    IReadOnlyList<AreaOrigin> Successors
);
