namespace KpiMetrics.Core.Catalog;

/// <summary>A rule that a reported measure must keep, and the codes of the measures it is held against, in the rule's order.</summary>
/// <param name="Origin">The row or article that says so; null where the names of the measures do.</param>
public sealed record MeasureIdentity(IdentityRule Rule, IReadOnlyList<string> Inputs, string? Origin);
