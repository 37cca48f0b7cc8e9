using System.Text.Json;

namespace KpiMetrics.ServerTests.Support;

/// <summary>One object of <c>export --format json</c>: what the CSV has, and of computed figures how; what is not known is empty.</summary>
internal sealed record ExportedFigure(IReadOnlyDictionary<string, string> Cells)
{
    public string this[string column] => Cells.GetValueOrDefault(column, "");

    /// <summary>An office said it; nothing was computed.</summary>
    public bool IsReported => this["computed"].Length == 0;

    /// <summary>Figures that have a value or text.</summary>
    public static List<ExportedFigure> Read(IEnumerable<string> lines)
    {
        using var json = JsonDocument.Parse(string.Join('\n', lines));
        return
        [
            .. json
                .RootElement.EnumerateArray()
                .Select(row => new ExportedFigure(
                    row.EnumerateObject().ToDictionary(cell => cell.Name, cell => cell.Value.ToString(), StringComparer.Ordinal)
                ))
                .Where(figure => figure["value"].Length > 0),
        ];
    }

    public override string ToString() => string.Join(',', Cells.Values);
}
