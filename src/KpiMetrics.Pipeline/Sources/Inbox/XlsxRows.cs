using System.Runtime.CompilerServices;
using DocumentFormat.OpenXml.Packaging;
using KpiMetrics.Core.Figures;

namespace KpiMetrics.Pipeline.Sources.Inbox;

internal sealed class XlsxRows : IReportRows
{
    private readonly string _name;
    private readonly SpreadsheetDocument _document;
    private readonly XlsxSheet _sheet;
    private readonly ReportColumns _columns;

    private XlsxRows(string name, SpreadsheetDocument document, XlsxSheet sheet, ReportColumns columns) =>
        (_name, _document, _sheet, _columns) = (name, document, sheet, columns);

    public NumberLocale? Locale => _columns.Locale;

    /// <exception cref="BrokenReportException">It is no whole workbook, or no sheet of it has the header.</exception>
    /// <exception cref="ArgumentException">The stream cannot seek.</exception>
    public static XlsxRows Open(Stream stream, string name, ReportKind kind, CancellationToken cancellationToken)
    {
        if (!stream.CanSeek)
            throw new ArgumentException("An .xlsx can only be read from a stream that can seek.", nameof(stream));
        new XlsxPackageCheck(name).Run(stream, cancellationToken);
        var document = Guarded(name, () => SpreadsheetDocument.Open(stream, isEditable: false));
        try
        {
            return Guarded(name, () => FindHeader(document, name, kind));
        }
        catch
        {
            document.Dispose();
            throw;
        }
    }

#pragma warning disable CS1998 // The unpacking below has no asynchronous form; the contract of all reports has.
    public async IAsyncEnumerable<RawRow> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
#pragma warning restore CS1998
    {
        while (Guarded(_name, () => _sheet.Next(_columns.Width)) is { } row)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var fault = _columns.Stray(row.Cells) is { } stray
                ? $"{Shown.Of(stray.Text)} in {stray.Address} stands under no column name"
                : null;
            yield return _columns.Row(row.Line, row.Cells) with
            {
                Fault = fault,
            };
        }
    }

    public void Dispose()
    {
        _sheet.Dispose();
        _document.Dispose();
    }

    private static XlsxRows FindHeader(SpreadsheetDocument document, string name, ReportKind kind)
    {
        var workbook = XlsxWorkbook.Read(document, name);
        var found = new List<XlsxRows>();
        try
        {
            foreach (var (sheetName, id) in workbook.Sheets)
            {
                if (WithHeader(document, workbook, sheetName, id, kind) is { } rows)
                    found.Add(rows);
            }
            if (found.Count == 1)
                return found[0];
            throw new BrokenReportException(found.Count == 0 ? NoHeader(workbook, kind) : SeveralHeaders(workbook, found));
        }
        catch
        {
            foreach (var rows in found)
                rows._sheet.Dispose();
            throw;
        }
    }

    private static XlsxRows? WithHeader(
        SpreadsheetDocument document,
        XlsxWorkbook workbook,
        string sheetName,
        string id,
        ReportKind kind
    )
    {
        if (!document.WorkbookPart!.TryGetPartById(id, out var part) || part is not WorksheetPart) // read, so it is there
            return null;
        var sheet = new XlsxSheet(workbook, sheetName, part.GetStream(FileMode.Open, FileAccess.Read));
        try
        {
            if (
                sheet.Next(0) is { } row
                && row.Cells.Select(cell => cell.Text).ToList() is var header
                && ReportColumns.AreMeantBy(header)
            )
                return new(
                    workbook.Name,
                    document,
                    sheet,
                    ReportColumns.Read(header, kind, $"{workbook.Name}: {sheetName}!{row.Line}")
                );
            sheet.Dispose();
            return null;
        }
        catch
        {
            sheet.Dispose();
            throw;
        }
    }

    // Taking the first would drop the others without a word.
    private static string SeveralHeaders(XlsxWorkbook workbook, List<XlsxRows> found) =>
        $"{workbook.Name}: {found.Count} sheets begin with the header ({Listed(found.Select(rows => rows._sheet.Name))}); send each as a file of its own";

    private static string NoHeader(XlsxWorkbook workbook, ReportKind kind)
    {
        var names = workbook.Sheets.Count == 0 ? "none" : Listed(workbook.Sheets.Select(sheet => sheet.Name));
        return $"{workbook.Name}: no visible sheet begins with the header; sheets found: {names}; its columns are {ReportColumns.Allowed(kind)}";
    }

    private static string Listed(IEnumerable<string> sheets) =>
        string.Join(", ", sheets.Take(10).Select(sheet => Shown.Of(sheet)));

    /// <summary>Whatever a damaged package makes its reader throw is the package's fault; a failing disk is not.</summary>
    private static T Guarded<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault)
            when (fault is not (BrokenReportException or OperationCanceledException or OutOfMemoryException)
                && (fault is EndOfStreamException || fault is not IOException)
            )
        {
            throw new BrokenReportException(
                $"{name}: damaged, cannot be read as a workbook: {Shown.Of(fault.Message, 200)}",
                fault
            );
        }
    }
}
