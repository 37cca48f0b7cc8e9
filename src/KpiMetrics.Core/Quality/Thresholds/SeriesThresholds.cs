using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Core.Quality.Thresholds;

/// <summary>Which thresholds of a measure hold for one of its series.</summary>
public static class SeriesThresholds
{
    /// <summary>Of each code the one that names the area, else one that names the subject, else the general one; in the measure's order.</summary>
    /// <param name="subject">The subject's code; empty for a measure that is one figure.</param>
    public static IReadOnlyList<Threshold> For(Measure measure, Area area, string subject) =>
        measure.Thresholds.Count == 0
            ? []
            :
            [
                .. measure
                    .Thresholds.Where(threshold => Holds(threshold.Areas, area.Code) && Holds(threshold.Subjects, subject))
                    .GroupBy(threshold => threshold.Code, StringComparer.Ordinal)
                    .Select(same => same.MaxBy(Closeness)!), // no group is empty
            ];

    private static bool Holds(IReadOnlyList<string> named, string code) =>
        named.Count == 0 || named.Contains(code, StringComparer.Ordinal);

    private static int Closeness(Threshold threshold) =>
        (threshold.Areas.Count > 0 ? 2 : 0) + (threshold.Subjects.Count > 0 ? 1 : 0);
}
