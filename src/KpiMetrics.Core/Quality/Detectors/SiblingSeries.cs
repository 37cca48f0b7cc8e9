namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>The same measure in another area.</summary>
/// <param name="Area">The area's identity.</param>
/// <param name="Points">Of the tested period and of earlier ones, in any order, with gaps.</param>
public sealed record SiblingSeries(string Area, IReadOnlyList<HistoryPoint> Points);
