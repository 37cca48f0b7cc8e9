using KpiMetrics.Core.Quality.Checks;
using KpiMetrics.Core.Quality.Detectors;

namespace KpiMetrics.Pipeline.Checks;

/// <summary>A reported figure that could not be held against its past: a result, and no finding.</summary>
public sealed record UntestableFigure(CheckedFigure About, Untestable Why);
