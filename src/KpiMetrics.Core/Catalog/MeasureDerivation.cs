namespace KpiMetrics.Core.Catalog;

/// <summary>How a derived measure comes about: the rule and the codes of the measures it reads, in the rule's order.</summary>
/// <param name="Scheme">Of rule <c>plan</c>: which plan of the input, where it has several (<c>kich-ban</c>); empty: the ordinary one.</param>
public sealed record MeasureDerivation(DerivedRule Rule, IReadOnlyList<string> Inputs, string Scheme = "");
