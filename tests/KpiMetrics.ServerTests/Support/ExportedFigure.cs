using System.Globalization;
using CsvHelper;

namespace KpiMetrics.ServerTests.Support;

/// <summary>One line of <c>export --format csv</c>, as printed; what is not known is empty.</summary>
internal sealed record ExportedFigure(IReadOnlyDictionary<string, string> Cells)
{
    public string this[string column] => Cells[column];

    public static List<ExportedFigure> Read(IEnumerable<string> lines)
    {
        using var text = new StringReader(string.Join('\n', lines));
        using var csv = new CsvParser(text, CultureInfo.InvariantCulture);
        Assert.True(csv.Read());
        var header = csv.Record ?? [];
        var figures = new List<ExportedFigure>();
        while (csv.Read())
            figures.Add(
                new(header.Zip(csv.Record ?? []).ToDictionary(cell => cell.First, cell => cell.Second, StringComparer.Ordinal))
            );
        return figures;
    }

    public override string ToString() => string.Join(',', Cells.Values);
}
