namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>The figure is likely wrong. It is kept all the same; nobody's figure is changed.</summary>
public sealed record Suspicious(Detection Detection) : DetectorResult;
