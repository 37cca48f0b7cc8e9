namespace KpiMetrics.Core.Catalog;

/// <summary>A rate as the quotient of two measures of its set.</summary>
/// <param name="InPercent">The quotient times 100.</param>
public sealed record MeasureRatio(string Numerator, string Denominator, bool InPercent);
