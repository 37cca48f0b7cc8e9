namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>One figure as it was stated and as it was restated.</summary>
public readonly record struct Revision(decimal Before, decimal After);
