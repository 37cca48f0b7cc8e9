namespace KpiMetrics.Tests.Derivation.RealData;

/// <param name="Estimate">Of the month.</param>
/// <param name="Restated">Of the month before.</param>
/// <param name="Total">Of the year so far, as published.</param>
internal sealed record RetailLine(decimal? Estimate, decimal? Restated, decimal? Total);
