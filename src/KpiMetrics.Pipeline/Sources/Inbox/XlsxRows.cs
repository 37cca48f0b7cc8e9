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
    public static XlsxRows Open(Stream stream, string name, CancellationToken cancellationToken)
    {
        if (!stream.CanSeek)
            throw new ArgumentException("An .xlsx can only be read from a stream that can seek.", nameof(stream));
        new XlsxPackageCheck(name).Run(stream, cancellationToken);
        var document = Guarded(name, () => SpreadsheetDocument.Open(stream, isEditable: false));
        try
        {
            return Guarded(name, () => FindHeader(document, name));
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

    private static XlsxRows FindHeader(SpreadsheetDocument document, string name)
    {
        var workbook = XlsxWorkbook.Read(document, name);
        foreach (var (sheetName, id) in workbook.Sheets)
        {
            if (!document.WorkbookPart!.TryGetPartById(id, out var part) || part is not WorksheetPart) // read, so it is there
                continue;
            var sheet = new XlsxSheet(workbook, sheetName, part.GetStream(FileMode.Open, FileAccess.Read));
            try
            {
                if (
                    sheet.Next(0) is { } row
                    && row.Cells.Select(cell => cell.Text).ToList() is var header
                    && ReportColumns.AreMeantBy(header)
                )
                    return new(name, document, sheet, ReportColumns.Read(header, $"{name}: {sheetName}!{row.Line}"));
                sheet.Dispose();
            }
            catch
            {
                sheet.Dispose();
                throw;
            }
        }
        var names =
            workbook.Sheets.Count == 0
                ? "none"
                : string.Join(", ", workbook.Sheets.Take(10).Select(sheet => Shown.Of(sheet.Name)));
        throw new BrokenReportException(
            $"{name}: no sheet begins with the header; sheets found: {names}; its columns are {ReportColumns.Allowed}"
        );
    }

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
