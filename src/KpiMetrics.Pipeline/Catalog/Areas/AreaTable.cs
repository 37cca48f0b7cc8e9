using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using KpiMetrics.Core.Figures;

namespace KpiMetrics.Pipeline.Catalog.Areas;

/// <summary>The rows of a CSV file of areas: UTF-8, cells in NFC and trimmed, separated by comma, semicolon or tab.</summary>
internal sealed class AreaTable
{
    // Ten times what all areas that ever were need.
    private const int MaxLength = 20 * 1024 * 1024;

    private AreaTable(IReadOnlyDictionary<string, int> columns, IReadOnlyList<AreaRow> rows)
    {
        Columns = columns;
        Rows = rows;
    }

    /// <summary>Own names of the columns, each with its place.</summary>
    public IReadOnlyDictionary<string, int> Columns { get; }

    /// <summary>Those that are not blank; one whose cells are not as many as the header's is refused.</summary>
    public IReadOnlyList<AreaRow> Rows { get; }

    /// <summary>Null where there is no table to read; the faults say why.</summary>
    public static AreaTable? Read(string path, FaultLog faults)
    {
        if (TextFile.Read(path, MaxLength, faults) is not { } text)
            return null;
        var separator = Separator(text.AsSpan(0, Math.Max(0, text.AsSpan().IndexOfAny('\r', '\n'))));
        var isStray = false;
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = separator.ToString(),
            IgnoreBlankLines = false,
            BadDataFound = _ => isStray = true,
        };
        using var parser = new CsvParser(new StringReader(text), configuration);
        if (!parser.Read() || Header(parser.Record ?? [], faults) is not { } columns)
        {
            faults.Add(1, $"the first line must name the columns, among them {AreaColumns.Code} or {AreaColumns.OldCode}");
            return null;
        }
        var rows = new List<AreaRow>();
        for (var line = parser.RawRow + 1; parser.Read(); line = parser.RawRow + 1)
        {
            var cells = Array.ConvertAll(parser.Record ?? [], Clean);
            // No name of an area has a line break: it has swallowed the rows after it, which nobody would miss.
            if (parser.RawRow > line)
            {
                faults.Add(line, "a quote that is opened here is not closed on its line");
                return null;
            }
            if (Array.TrueForAll(cells, cell => cell.Length == 0))
                continue;
            var row = new AreaRow(columns, line, cells, faults);
            if (isStray)
                row.Refuse("a quote within a cell; put the whole cell in quotes and write each quote within it twice");
            else if (cells.Length != columns.Count)
                row.Refuse(string.Create(CultureInfo.InvariantCulture, $"{cells.Length} cells; the header has {columns.Count}"));
            isStray = false;
            rows.Add(row);
        }
        return new(columns, rows);
    }

    private static Dictionary<string, int>? Header(string[] names, FaultLog faults)
    {
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var at = 0; at < names.Length; at++)
        {
            var name = AreaColumns.Own(Clean(names[at]).ToLowerInvariant());
            if (columns.TryAdd(name, at))
                continue;
            faults.Add(1, $"column {Shown.Of(name)} is there twice");
            return null;
        }
        return columns.ContainsKey(AreaColumns.Code) || columns.ContainsKey(AreaColumns.OldCode) ? columns : null;
    }

    private static char Separator(ReadOnlySpan<char> header) =>
        header.Count(';') > header.Count(',') ? ';'
        : header.Count('\t') > header.Count(',') ? '\t'
        : ',';

    private static string Clean(string cell)
    {
        var trimmed = cell.Trim();
        return trimmed.IsNormalized() ? trimmed : trimmed.Normalize(NormalizationForm.FormC);
    }
}
