using System.Globalization;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.ServerTests.Boards;

/// <summary>What the export says, against which boards are held; subjects as the boards have them.</summary>
internal sealed class ExportedFigures(IReadOnlyList<ExportedFigure> figures)
{
    public IReadOnlyList<ExportedFigure> All => figures;

    /// <summary>The figures that are numbers of one series, oldest first.</summary>
    public IReadOnlyList<ExportedFigure> Numbers(string measure, string subject, string area, string freq) =>
        [
            .. figures
                .Where(figure => figure["measure"] == measure && Subject(figure) == subject)
                .Where(figure => figure["area_id"] == area && figure["freq"] == freq && IsNumber(figure))
                .OrderBy(figure => figure["period"], StringComparer.Ordinal),
        ];

    public IEnumerable<ExportedFigure> OfArea(string area) => figures.Where(figure => figure["area_id"] == area);

    /// <summary>The newest of each series.</summary>
    public static IEnumerable<ExportedFigure> Newest(IEnumerable<ExportedFigure> figures) =>
        figures
            .GroupBy(figure => (figure["measure"], figure["subject"], figure["area_id"], figure["freq"]))
            .Select(series => series.MaxBy(figure => figure["period"], StringComparer.Ordinal))
            .OfType<ExportedFigure>();

    public static string Subject(ExportedFigure figure) => figure["subject"].Length == 0 ? "_T" : figure["subject"];

    public static bool IsNumber(ExportedFigure figure) =>
        decimal.TryParse(figure["value"], NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    /// <summary>A number as InfluxDB has it; null where the export has none.</summary>
    public static double? Number(ExportedFigure? figure, string column) =>
        figure is null || figure[column].Length == 0 ? null : double.Parse(figure[column], CultureInfo.InvariantCulture);

    public static DateTimeOffset? ReceivedAt(ExportedFigure? figure) =>
        figure is null || figure["received_at"].Length == 0
            ? null
            : DateTimeOffset.Parse(figure["received_at"], CultureInfo.InvariantCulture);
}
