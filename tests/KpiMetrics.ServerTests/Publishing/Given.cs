using System.Globalization;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Publishing;

namespace KpiMetrics.ServerTests.Publishing;

/// <summary>Points for tests.</summary>
internal static class Given
{
    /// <summary>1 October 2025, midnight in Asia/Ho_Chi_Minh.</summary>
    public const long October = 1759251600;

    public static PointTags Tags(string area = "24@2025-07-01", string subject = "") =>
        PointTags.Of(new SeriesKey("bac-ninh", "BN-A01", "BN-A01.01", subject, area, Frequency.Month));

    public static Point Point(decimal value, string area = "24@2025-07-01", long seconds = October) =>
        new(new(Tags(area), seconds), value);

    /// <summary>One point of each of many areas.</summary>
    public static List<Point> Points(int count) =>
        Enumerable
            .Range(0, count)
            .Select(number => Point(number + 0.25m, string.Create(CultureInfo.InvariantCulture, $"{number:00000}@2025-07-01")))
            .ToList();
}
