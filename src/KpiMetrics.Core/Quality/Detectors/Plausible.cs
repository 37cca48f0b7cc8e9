namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>The figure is one that could be expected.</summary>
/// <param name="Deviation">How far it is from <paramref name="Expected"/>, in spreads.</param>
public sealed record Plausible(decimal Expected, double Deviation) : DetectorResult;
