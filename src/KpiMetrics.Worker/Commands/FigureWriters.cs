using KpiMetrics.Worker.Commands.Xlsx;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Commands;

/// <summary>The formats of <c>export</c>.</summary>
internal static class FigureWriters
{
    private static readonly FigureFormat[] Formats =
    [
        new("csv", IsBinary: false, (output, _) => new FigureCsvWriter(output.Text)),
        new("sdmx-csv", IsBinary: false, (output, _) => new FigureSdmxCsvWriter(output.Text)),
        new("json", IsBinary: false, (output, _) => new FigureJsonWriter(output.Text)),
        new("xlsx", IsBinary: true, (output, scope) => new FigureXlsxWriter(output.Bytes, scope)),
    ];

    /// <exception cref="CommandException">There is no such format.</exception>
    public static FigureFormat Find(string format) =>
        Array.Find(Formats, found => found.Name == format)
        ?? throw new CommandException(
            $"--format is '{format}'; allowed: {string.Join(", ", Formats.Select(allowed => allowed.Name))}."
        );
}
