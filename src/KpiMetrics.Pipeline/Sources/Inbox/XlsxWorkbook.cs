using DocumentFormat.OpenXml.Packaging;
using KpiMetrics.Core.Figures;
using static System.FormattableString;

namespace KpiMetrics.Pipeline.Sources.Inbox;

/// <summary>What all sheets of a workbook share.</summary>
/// <param name="Name">The file's name, with which messages begin.</param>
/// <param name="Sheets">Names and relationship ids of the visible sheets, in the order of the tabs.</param>
/// <param name="CountsFrom1904">Dates are counted as old Macs did.</param>
internal sealed record XlsxWorkbook(
    string Name,
    IReadOnlyList<(string Name, string Id)> Sheets,
    IReadOnlyList<string> Texts,
    IReadOnlyList<XlsxFormat> Formats,
    bool CountsFrom1904
)
{
    private const int MostSheets = 1000;

    // Excel allows 31, others somewhat more; the name stands in the address of every cell.
    private const int LongestSheetName = 255;

    /// <exception cref="BrokenReportException">It has no sheets, or too many.</exception>
    public static XlsxWorkbook Read(SpreadsheetDocument document, string name)
    {
        var workbook = document.WorkbookPart ?? throw new BrokenReportException($"{name}: a workbook without a list of sheets");
        var sheets = new List<(string Name, string Id)>();
        var countsFrom1904 = false;
        using (var reader = XlsxXml.Open(workbook.GetStream(FileMode.Open, FileAccess.Read)))
        {
            while (reader.Read())
            {
                if (reader.IsStart("workbookPr"))
                    countsFrom1904 = reader.GetAttribute("date1904") is "1" or "true";
                if (!reader.IsStart("sheet"))
                    continue;
                if (reader.GetAttribute("state") is "hidden" or "veryHidden")
                    continue; // nobody who looked at the workbook saw it
                var id = "";
                while (reader.MoveToNextAttribute())
                    id = reader.LocalName == "id" && reader.NamespaceURI.Length > 0 ? reader.Value : id;
                reader.MoveToElement();
                sheets.Add((SheetName(reader.GetAttribute("name") ?? "", name), id));
                if (sheets.Count > MostSheets)
                    throw new BrokenReportException(Invariant($"{name}: more than {MostSheets} sheets"));
            }
        }
        var texts = workbook.SharedStringTablePart is { } table ? XlsxSharedStrings.Read(Part(table), name) : [];
        var formats = workbook.WorkbookStylesPart is { } styles ? XlsxStyles.Read(Part(styles)) : [];
        return new(name, sheets, texts, formats, countsFrom1904);
    }

    private static string SheetName(string sheet, string file) =>
        sheet.Length <= LongestSheetName && !sheet.Any(char.IsControl)
            ? sheet
            : throw new BrokenReportException($"{file}: {Shown.Of(sheet)} is not the name of a sheet");

    private static Stream Part(OpenXmlPart part) => part.GetStream(FileMode.Open, FileAccess.Read);
}
