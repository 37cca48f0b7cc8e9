using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace KpiMetrics.Pipeline.Sources.Inbox;

/// <summary>Refused rows as a CSV for their sender: where, the row as sent, why.</summary>
internal static class RefusalsCsv
{
    private static readonly string[] Header =
    [
        "line",
        "cell",
        "indicator",
        "measure",
        "area",
        "period",
        "value",
        "subject",
        "status",
        "vintage",
        "note",
        "message",
    ];

    /// <summary>Writes header and rows; a cell that a spreadsheet would take for a formula begins with an apostrophe.</summary>
    /// <returns>How many rows there were.</returns>
    public static int Write(TextWriter writer, IEnumerable<RefusedRow> refusals)
    {
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture) { InjectionOptions = InjectionOptions.Escape };
        using var csv = new CsvWriter(writer, configuration, leaveOpen: true);
        WriteLine(csv, Header);
        var count = 0;
        foreach (var (row, refusal) in refusals)
        {
            WriteLine(csv, Cells(row, refusal));
            count++;
        }
        return count;
    }

    private static void WriteLine(CsvWriter csv, string[] cells)
    {
        foreach (var cell in cells)
            csv.WriteField(cell);
        csv.NextRecord();
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
            refusal.Message,
        ];
}
