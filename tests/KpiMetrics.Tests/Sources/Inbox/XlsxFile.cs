using System.Globalization;
using System.IO.Compression;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace KpiMetrics.Tests.Sources.Inbox;

/// <summary>Writes workbooks as a spreadsheet program would, cell by cell, the odd ones too.</summary>
internal sealed class XlsxFile : IDisposable
{
    public static readonly Cell[] Header = [new("indicator"), new("measure"), new("area"), new("period"), new("value")];

    private readonly SpreadsheetDocument _document;
    private readonly WorkbookPart _workbook;
    private readonly SharedStringTablePart _texts;
    private readonly Sheets _sheets;

    /// <param name="formats">Number format codes; a cell's style is their index from 1.</param>
    public XlsxFile(string path, params string[] formats)
    {
        _document = SpreadsheetDocument.Create(path, SpreadsheetDocumentType.Workbook);
        _workbook = _document.AddWorkbookPart();
        _sheets = new Sheets();
        _workbook.Workbook = new Workbook(_sheets);
        _texts = _workbook.AddNewPart<SharedStringTablePart>();
        _texts.SharedStringTable = new SharedStringTable();
        _workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = new Stylesheet(
            new NumberingFormats(
                formats.Select((code, at) => new NumberingFormat { NumberFormatId = 164u + (uint)at, FormatCode = code })
            ),
            new CellFormats(
                formats.Select((_, at) => new CellFormat { NumberFormatId = 164u + (uint)at }).Prepend(new CellFormat())
            )
        );
    }

    public static Cell Number(double number, uint style = 0) =>
        new(number.ToString("G17", CultureInfo.InvariantCulture), "n", style);

    /// <summary>The same file with another content of one part.</summary>
    public static void Replace(string path, string part, Stream content)
    {
        using var zip = ZipFile.Open(path, ZipArchiveMode.Update);
        zip.GetEntry(part)?.Delete();
        using var stream = zip.CreateEntry(part).Open();
        content.CopyTo(stream);
    }

    /// <summary>Texts go to the shared table; a row is <c>null</c> where the sheet has none.</summary>
    public void Sheet(string name, params IEnumerable<Cell[]?> rows) => Add(name, SheetStateValues.Visible, rows);

    public void HiddenSheet(string name, params IEnumerable<Cell[]?> rows) => Add(name, SheetStateValues.Hidden, rows);

    private void Add(string name, SheetStateValues state, IEnumerable<Cell[]?> rows)
    {
        var part = _workbook.AddNewPart<WorksheetPart>();
        using (var writer = OpenXmlWriter.Create(part))
        {
            writer.WriteStartElement(new Worksheet());
            writer.WriteStartElement(new SheetData());
            var line = 0u;
            foreach (var row in rows)
            {
                line++;
                if (row is null)
                    continue;
                writer.WriteStartElement(new Row { RowIndex = line });
                for (var at = 0; at < row.Length; at++)
                {
                    if (row[at].Type.Length > 0)
                        Write(writer, row[at], $"{(char)('A' + at)}{line}");
                }
                writer.WriteEndElement();
            }
            writer.WriteEndElement();
            writer.WriteEndElement();
        }
        var id = (uint)_sheets.Count() + 1;
        _sheets.Append(
            new Sheet
            {
                Name = name,
                SheetId = id,
                State = state,
                Id = _workbook.GetIdOfPart(part),
            }
        );
    }

    public void Dispose() => _document.Dispose();

    private void Write(OpenXmlWriter writer, Cell cell, string address)
    {
        var attributes = new List<OpenXmlAttribute>
        {
            new("r", "", address),
            new("s", "", cell.Style.ToString(CultureInfo.InvariantCulture)),
        };
        if (cell.Type is not ("n" or "date"))
            attributes.Add(new("t", "", cell.Type));
        writer.WriteStartElement(new DocumentFormat.OpenXml.Spreadsheet.Cell(), attributes);
        if (cell.Formula is not null)
            writer.WriteElement(new CellFormula(cell.Formula));
        if (cell.Type == "inlineStr")
            writer.WriteElement(new InlineString(new Text(cell.Value)));
        else
            writer.WriteElement(new CellValue(cell.Type == "s" ? Shared(cell.Value) : cell.Value));
        writer.WriteEndElement();
    }

    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);

    private string Shared(string text)
    {
        if (_known.TryGetValue(text, out var index))
            return index;
        // Two runs, with a reading aid between them: how text with mixed formats is kept.
        _texts.SharedStringTable.AppendChild(
            new SharedStringItem(
                new Run(new Text(text[..(text.Length / 2)]) { Space = SpaceProcessingModeValues.Preserve }),
                new PhoneticRun(new Text("not part of it")) { BaseTextStartIndex = 0u, EndingBaseIndex = 1u },
                new Run(new Text(text[(text.Length / 2)..]) { Space = SpaceProcessingModeValues.Preserve })
            )
        );
        return _known[text] = _known.Count.ToString(CultureInfo.InvariantCulture);
    }

    /// <param name="Type">As in the file: s, inlineStr, str, n, b, e, d; empty: the row leaves the cell out.</param>
    internal sealed record Cell(string Value, string Type = "s", uint Style = 0, string? Formula = null)
    {
        public static readonly Cell None = new("", "");
    }
}
