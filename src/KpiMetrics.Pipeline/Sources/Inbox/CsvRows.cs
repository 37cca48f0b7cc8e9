using System.Globalization;
using System.Runtime.CompilerServices;
using CsvHelper;
using CsvHelper.Configuration;
using KpiMetrics.Core.Figures;
using static System.FormattableString;

namespace KpiMetrics.Pipeline.Sources.Inbox;

internal sealed class CsvRows : IReportRows
{
    private readonly string _name;
    private readonly CsvText _text;
    private readonly CsvParser _parser;
    private ReportColumns? _columns;
    private bool _hasStrayQuote;
    private int _lastLine;

    private CsvRows(string name, CsvText text, char separator)
    {
        (_name, _text) = (name, text);
        _parser = new(
            text,
            new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                Delimiter = separator.ToString(),
                IgnoreBlankLines = false,
                BadDataFound = _ => _hasStrayQuote = true,
            },
            leaveOpen: true
        );
    }

    public NumberLocale? Locale => _columns?.Locale;

    /// <exception cref="BrokenReportException">There is no header, or not the right one.</exception>
    public static async Task<CsvRows> OpenAsync(Stream stream, string name, ReportKind kind, CancellationToken cancellationToken)
    {
        var text = new CsvText(stream, name, cancellationToken);
        var rows = new CsvRows(name, text, CsvSeparator.DetectIn(await text.PeekLineAsync()));
        while (await rows.NextAsync() is { } record)
        {
            var header = Array.ConvertAll(record.Cells, cell => cell.Text);
            if (header.All(cell => cell.Length == 0))
                continue;
            if (rows._hasStrayQuote)
                throw new BrokenReportException(Invariant($"{name}:{record.Line}: a stray or unclosed quote in the header"));
            rows._columns = ReportColumns.Read(header, kind, Invariant($"{name}:{record.Line}"));
            return rows;
        }
        throw new BrokenReportException(
            $"{name}:1: the file is empty; its first line must name the columns {ReportColumns.Allowed(kind)}"
        );
    }

    public async IAsyncEnumerable<RawRow> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (_columns is { } columns && await NextAsync() is { } record)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (record.Cells.All(cell => cell.IsEmpty))
                continue;
            yield return columns.Row(record.Line, record.Cells) with
            {
                Fault = Fault(columns, record.Cells),
            };
        }
    }

    public void Dispose() => _parser.Dispose();

    private async Task<(int Line, RawCell[] Cells)?> NextAsync()
    {
        _hasStrayQuote = false;
        if (!await _parser.ReadAsync())
            return null;
        var line = _lastLine + 1;
        var cells = Array.ConvertAll(_parser.Record ?? [], cell => new RawCell(CellText.Clean(cell), CellKind.Text, ""));
        // One that opens in a line and ends in another, or nowhere, has swallowed rows: which, nobody can say.
        if (_hasStrayQuote && (_parser.RawRow > line || _text.IsOver && _parser.RawRecord.Count(sign => sign == '"') % 2 == 1))
            throw new BrokenReportException(Invariant($"{_name}:{line}: a quote that is opened here is not closed"));
        _lastLine = _parser.RawRow;
        _text.NextRecord(_parser.CharCount, _lastLine + 1);
        return (line, cells);
    }

    private string? Fault(ReportColumns columns, RawCell[] cells)
    {
        if (_hasStrayQuote)
            return "a quote within a cell; put the whole cell in quotes and write each quote within it twice";
        if (cells.Length < columns.Width)
            return Invariant($"{cells.Length} cells; the header has {columns.Width}");
        if (cells.Length > columns.Width)
            return Invariant(
                $"{cells.Length} cells; the header has {columns.Width}; a value with a separator in it must be in quotes"
            );
        return columns.Stray(cells) is { } stray ? $"{Shown.Of(stray.Text)} stands under no column name" : null;
    }
}
