namespace KpiMetrics.Core.Catalog;

/// <summary>How a derived measure comes about: the rule and the codes of the measures it reads, in the rule's order.</summary>
public sealed record MeasureDerivation(DerivedRule Rule, IReadOnlyList<string> Inputs);
