using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using KpiMetrics.Pipeline.Publishing.Verifying;

namespace KpiMetrics.Worker.Commands;

/// <summary>What <c>publish verify</c> prints.</summary>
internal static class VerifyText
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Json(VerifyResult result) =>
        JsonSerializer.Serialize(
            new
            {
                compared = result.Compared,
                waiting = result.Waiting,
                different = result.Different,
                rewritten = result.Rewritten,
                deleted = result.Deleted,
                notMended = result.NotMended.Count,
                months = result.Differences.Select(month => new
                {
                    set = month.Set,
                    indicator = month.Indicator,
                    month = month.Month,
                    missing = month.Missing,
                    different = month.Different,
                    extra = month.Extra,
                    foreign = month.Foreign,
                    uncatalogued = month.Uncatalogued,
                }),
            },
            Plain
        );

    public static string Print(VerifyResult result, bool isDryRun)
    {
        var lines = new List<string>();
        if (result.Differences.Count > 0)
        {
            lines.Add("set             indicator     month    missing different    extra  foreign uncatalogued");
            lines.AddRange(
                result.Differences.Select(month =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{Named(month.Set), -15} {Named(month.Indicator), -13} {month.Month} {month.Missing, 8} {month.Different, 9} {month.Extra, 8} {month.Foreign, 8} {month.Uncatalogued, 12}"
                    )
                )
            );
        }
        if (result.Waiting > 0)
            lines.Add(Line($"{result.Waiting} changed figures still wait to be published; the points they reach were left out"));
        if (result.Different == 0)
            lines.Add(Line($"{result.Compared} points compared: ledger and InfluxDB agree"));
        else if (isDryRun)
            lines.Add(Line($"{result.Compared} points compared, {result.Different} differ; nothing was changed"));
        else
            lines.Add(
                Line(
                    $"{result.Compared} points compared, {result.Different} differed: {result.Rewritten} points published again, {result.Deleted} deleted, {result.NotMended.Count} not mended"
                )
            );
        return string.Join(Environment.NewLine, lines);
    }

    private static string Named(string code) => code.Length == 0 ? "(none)" : code;

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
