using System.Globalization;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.ServerTests.Boards;

/// <summary>What the export says, against which boards are held.</summary>
internal sealed class ExportedFigures(IReadOnlyList<ExportedFigure> figures)
{
    /// <summary>The newest figure that is a number of each series of an area, by measure, subject and frequency as the boards have them.</summary>
    public Dictionary<(string Measure, string Subject, string Freq), ExportedFigure> LatestOf(string area) =>
        figures
            .Where(figure => figure["area_id"] == area && IsNumber(figure))
            .GroupBy(figure => (figure["measure"], Subject(figure), figure["freq"]))
            .ToDictionary(
                series => series.Key,
                series =>
                    series.MaxBy(figure => figure["period"], StringComparer.Ordinal) ?? throw new InvalidOperationException()
            );

    public IEnumerable<ExportedFigure> Of(string measure, string subject, string area, string freq) =>
        figures
            .Where(figure => figure["measure"] == measure && Subject(figure) == subject)
            .Where(figure => figure["area_id"] == area && figure["freq"] == freq)
            .OrderBy(figure => figure["period"], StringComparer.Ordinal);

    /// <summary>Of every area.</summary>
    public IEnumerable<ExportedFigure> Of(string measure, string subject, string freq) =>
        figures.Where(figure => figure["measure"] == measure && Subject(figure) == subject && figure["freq"] == freq);

    public static bool IsNumber(ExportedFigure figure) =>
        decimal.TryParse(figure["value"], NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    /// <summary>A number as InfluxDB has it; null where the export has none.</summary>
    public static double? Number(ExportedFigure figure, string column) =>
        figure[column].Length == 0 ? null : double.Parse(figure[column], CultureInfo.InvariantCulture);

    private static string Subject(ExportedFigure figure) => figure["subject"].Length == 0 ? "_T" : figure["subject"];
}
