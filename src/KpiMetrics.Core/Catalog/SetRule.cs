namespace KpiMetrics.Core.Catalog;

/// <summary>A rule the decision lays down in words, kept letter by letter.</summary>
/// <param name="Origin">The article that says so.</param>
public sealed record SetRule(string Text, string Origin);
