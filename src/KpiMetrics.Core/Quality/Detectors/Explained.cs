namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>The figure is unusual, and an event is known that can be the reason.</summary>
public sealed record Explained(Detection Detection, string Event) : DetectorResult;
