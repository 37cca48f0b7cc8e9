using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Commands;

/// <summary>The formats of <c>export</c>.</summary>
internal static class FigureWriters
{
    /// <exception cref="CommandException">There is no such format.</exception>
    public static IFigureWriter Create(string format, TextWriter output) =>
        format switch
        {
            "csv" => new FigureCsvWriter(output),
            "json" => new FigureJsonWriter(output),
            _ => throw new CommandException($"--format is '{format}'; allowed: csv, json."),
        };
}
