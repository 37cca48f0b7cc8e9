using KpiMetrics.Core.Quality.Detectors;

namespace KpiMetrics.Benchmarks.Detect;

/// <summary>One figure to be judged, and what was done to it.</summary>
/// <param name="Truth">Null: nothing.</param>
/// <param name="Values">The same figures for those who take a list of numbers; the last is the tested one, missing ones are not numbers.</param>
/// <param name="Season">Periods until the same season comes again.</param>
internal sealed record DetectCase(TestedFigure Figure, DetectorKind? Truth, double[] Values, int Season);
