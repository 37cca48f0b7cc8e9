using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using KpiMetrics.Core.Quality;

namespace KpiMetrics.Pipeline.Sources.Inbox;

/// <summary>Refused rows as a CSV for their sender: where, the row as sent, why in Vietnamese, and what exactly.</summary>
public sealed class RefusalsCsv : IDisposable
{
    internal const string Line = "line";
    internal const string Cell = "cell";
    internal const string Reason = "reason";
    internal const string Message = "message";

    private static readonly string[] Header = [Line, Cell, .. ReportColumns.Names, Reason, Message];

    private readonly BesideFile _file;
    private readonly CsvWriter _csv;
    private int _count;

    /// <summary>Begins with the header; a cell that a spreadsheet would take for a formula begins with an apostrophe.</summary>
    internal RefusalsCsv(BesideFile file)
    {
        _file = file;
        _csv = new(
            file.Writer,
            new CsvConfiguration(CultureInfo.InvariantCulture) { InjectionOptions = InjectionOptions.Escape },
            leaveOpen: true
        );
        WriteLine(Header);
    }

    public void Add(RefusedRow refused)
    {
        WriteLine(Cells(refused.Row, refused.Refusal));
        _count++;
    }

    /// <summary>Ends the file; without rows there is none, not even a temporary one that a kill after this would leave.</summary>
    /// <returns>The file written; null without rows.</returns>
    public string? Complete()
    {
        _csv.Dispose();
        if (_count > 0)
            return _file.Keep();
        _file.Dispose();
        return null;
    }

    public void Dispose()
    {
        // On a full disk the last line cannot be written; the file must be let go all the same.
        try
        {
            _csv.Dispose();
        }
        finally
        {
            _file.Dispose();
        }
    }

    private void WriteLine(string[] cells)
    {
        foreach (var cell in cells)
            _csv.WriteField(cell);
        _csv.NextRecord();
    }

    private static string[] Cells(RawRow row, Refusal refusal) =>
        [
            refusal.Line.ToString(CultureInfo.InvariantCulture),
            refusal.Cell,
            row.Indicator.Text,
            row.Measure.Text,
            row.Area.Text,
            row.Period.Text,
            row.Value.Text,
            row.Subject.Text,
            row.Status.Text,
            row.Vintage.Text,
            row.Note.Text,
            row.Unit.Text,
            row.Agency.Text,
            RefusalVietnamese.Text(refusal.Code),
            refusal.Message,
        ];
}
