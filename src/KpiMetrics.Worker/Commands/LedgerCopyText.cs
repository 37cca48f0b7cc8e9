using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using KpiMetrics.Pipeline.Ledger.Copying;

namespace KpiMetrics.Worker.Commands;

/// <summary>What <c>ledger copy</c> prints.</summary>
internal static class LedgerCopyText
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // As wide each time: it is written over what stood there.
    public static string Progress(LedgerCopyProgress far) =>
        Line($"{(far.IsComparing ? "comparing" : "copying")} {far.Table}: {far.Rows} rows").PadRight(48);

    public static string Json(LedgerCopyResult result, TimeSpan taken) =>
        JsonSerializer.Serialize(
            new
            {
                from = result.From,
                to = result.To,
                rows = result.Rows,
                requeued = result.Requeued,
                replacedTexts = result.ReplacedTexts,
                seconds = Math.Round(taken.TotalSeconds, 1),
                tables = result.Tables.Select(one => new
                {
                    table = one.Table,
                    rows = one.Rows,
                    hash = one.Hash,
                }),
            },
            Plain
        );

    public static string Print(LedgerCopyResult result, TimeSpan taken)
    {
        var lines = new List<string> { "table                  rows  hash, the same in both" };
        lines.AddRange(result.Tables.Select(one => Line($"{one.Table, -16} {one.Rows, 10}  {one.Hash}")));
        lines.Add(Line($"{result.Rows} rows copied to {result.To} and found equal, in {taken.TotalSeconds:0.0} s."));
        if (result.Requeued > 0)
            lines.Add(Line($"{result.Requeued} points were on their way to InfluxDB; they are published once more."));
        lines.Add(
            $"{result.From} is as it was. Next: set Ledger__Postgres for the worker and start it; nothing that comes in from then on is in the file."
        );
        return string.Join(Environment.NewLine, lines);
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
