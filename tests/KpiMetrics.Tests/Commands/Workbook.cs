using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;

namespace KpiMetrics.Tests.Commands;

/// <summary>A workbook as its reader sees it; opening one also checks it against the format's schema.</summary>
internal sealed class Workbook : IDisposable
{
    private readonly SpreadsheetDocument document;
    private readonly WorkbookPart workbook;

    private Workbook(SpreadsheetDocument document)
    {
        this.document = document;
        workbook = document.WorkbookPart!; // a workbook has one
        Assert.Empty(
            new OpenXmlValidator()
                .Validate(document, TestContext.Current.CancellationToken)
                .Select(fault => $"{fault.Part?.Uri} {fault.Path?.XPath}: {fault.Description}")
        );
    }

    public IReadOnlyList<string> SheetNames =>
        [.. workbook.Workbook.Descendants<Sheet>().Select(sheet => sheet.Name?.Value ?? "")];

    public string PrintTitles(string sheet) =>
        workbook
            .Workbook.Descendants<DefinedName>()
            .Single(name => name.LocalSheetId?.Value == (uint)SheetNames.ToList().IndexOf(sheet))
            .Text;

    public static Workbook Open(string path) => new(SpreadsheetDocument.Open(path, isEditable: false));

    public static Workbook Open(Stream stream) => new(SpreadsheetDocument.Open(stream, isEditable: false));

    public Worksheet Sheet(string name)
    {
        var id = workbook.Workbook.Descendants<Sheet>().Single(sheet => sheet.Name == name).Id?.Value ?? "";
        return ((WorksheetPart)workbook.GetPartById(id)).Worksheet;
    }

    /// <summary>Each row's cells between bars, numbers as the file has them between &lt; and &gt;.</summary>
    public IReadOnlyList<string> Rows(string sheet) =>
        [.. Sheet(sheet).Descendants<Row>().Select(row => string.Join('|', row.Elements<Cell>().Select(Text)))];

    /// <summary>The rows of the table without its header.</summary>
    public IReadOnlyList<string> Table(string sheet) =>
        [.. Rows(sheet).SkipWhile(row => !row.StartsWith("STT|", StringComparison.Ordinal)).Skip(1)];

    public Cell CellOf(string sheet, string text) => Sheet(sheet).Descendants<Cell>().Single(cell => Text(cell) == text);

    public CellFormat FormatOf(Cell cell) => Styles.CellFormats!.Elements<CellFormat>().ElementAt((int)cell.StyleIndex!.Value); // our cells have styles

    public string NumberFormatOf(Cell cell) =>
        Styles
            .NumberingFormats!.Elements<NumberingFormat>() // our styles have formats
            .Single(format => format.NumberFormatId?.Value == FormatOf(cell).NumberFormatId?.Value)
            .FormatCode?.Value
        ?? "";

    public bool IsItalic(Cell cell) =>
        Styles.Fonts!.Elements<Font>().ElementAt((int)FormatOf(cell).FontId!.Value).Italic is not null; // our styles have fonts

    public void Dispose() => document.Dispose();

    private Stylesheet Styles => workbook.WorkbookStylesPart!.Stylesheet; // our workbooks have one

    private static string Text(Cell cell) =>
        cell.CellFormula is not null ? $"formula {cell.CellFormula.Text}"
        : cell.CellValue is { } number ? $"<{number.Text}>"
        : cell.InnerText;
}
