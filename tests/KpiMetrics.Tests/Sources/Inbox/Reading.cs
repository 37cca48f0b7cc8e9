using System.Text;
using KpiMetrics.Core.Figures;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Pipeline.Sources.Inbox;

namespace KpiMetrics.Tests.Sources.Inbox;

internal static class Reading
{
    public const string Header = "indicator,measure,area,period,value\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Task<List<RawRow>> Csv(string text) => Rows(Encoding.UTF8.GetBytes(text), "a.csv");

    public static Task<List<RawRow>> Rows(byte[] bytes, string name) => Rows(new MemoryStream(bytes), name);

    public static async Task<List<RawRow>> Rows(Stream stream, string name)
    {
        await using var report = await ReportFile.OpenAsync(stream, name, null, Token);
        var rows = new List<RawRow>();
        await foreach (var row in report.ReadAsync(Token))
            rows.Add(row);
        return rows;
    }

    public static async Task<NumberLocale?> Locale(string text, NumberLocale? declared)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        await using var report = await ReportFile.OpenAsync(stream, "a.csv", declared, Token);
        return report.Locale;
    }

    public static Task<string> Broken(string csv) => Broken(Encoding.UTF8.GetBytes(csv), "a.csv");

    public static Task<string> Broken(byte[] bytes, string name) => Broken(new MemoryStream(bytes), name);

    public static async Task<string> Broken(Stream stream, string name)
    {
        var message = (await Assert.ThrowsAsync<BrokenReportException>(() => Rows(stream, name))).Message;
        Assert.DoesNotContain('\n', message);
        Assert.StartsWith(name + ":", message, StringComparison.Ordinal);
        return message;
    }
}
