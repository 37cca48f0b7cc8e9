using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace KpiMetrics.Worker.Commands.Xlsx;

/// <summary>A workbook being written, sheet by sheet.</summary>
internal sealed class XlsxBook : IDisposable
{
    private readonly SpreadsheetDocument document;
    private readonly WorkbookPart workbook;
    private readonly SheetNames names = new();
    private readonly Sheets sheets = new();
    private readonly DefinedNames printTitles = new();

    public XlsxBook(Stream output)
    {
        document = SpreadsheetDocument.Create(output, SpreadsheetDocumentType.Workbook);
        workbook = document.AddWorkbookPart();
        workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles.ToStylesheet();
    }

    public XlsxStyles Styles { get; } = new();

    /// <summary>A name like the wish, that no other sheet has.</summary>
    public string NameOf(string wish) => names.Of(wish);

    /// <summary>Begins the next sheet.</summary>
    /// <param name="name">From <see cref="NameOf"/>.</param>
    public SheetWriter Sheet(string name, SheetShape shape)
    {
        var part = workbook.AddNewPart<WorksheetPart>();
        var count = (uint)sheets.ChildElements.Count;
        sheets.Append(
            new Sheet
            {
                Name = name,
                SheetId = count + 1,
                Id = workbook.GetIdOfPart(part),
            }
        );
        printTitles.Append(
            new DefinedName(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{name.Replace("'", "''", StringComparison.Ordinal)}'!${shape.HeaderRow}:${shape.HeaderRow}"
                )
            )
            {
                Name = "_xlnm.Print_Titles",
                LocalSheetId = count,
            }
        );
        return new(part, shape, isFirst: count == 0);
    }

    /// <summary>Ends the workbook, which needs one sheet at least.</summary>
    public void Complete() => workbook.Workbook = new Workbook(new BookViews(new WorkbookView()), sheets, printTitles);

    public void Dispose() => document.Dispose();
}
