using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Commands;

/// <summary>The formats of <c>export</c>.</summary>
internal static class FigureWriters
{
    /// <exception cref="CommandException">There is no such format.</exception>
    public static Func<TextWriter, IFigureWriter> Find(string format) =>
        format switch
        {
            "csv" => output => new FigureCsvWriter(output),
            "json" => output => new FigureJsonWriter(output),
            _ => throw new CommandException($"--format is '{format}'; allowed: csv, json."),
        };
}
