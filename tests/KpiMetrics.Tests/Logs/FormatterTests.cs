using System.Text.Json;
using KpiMetrics.Tests.Commands;
using KpiMetrics.Tests.Support;
using KpiMetrics.Worker.Logs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace KpiMetrics.Tests.Logs;

public sealed class FormatterTests
{
    private static readonly ManualClock Clock = new(new(2026, 11, 20, 17, 5, 11, 250, TimeSpan.Zero));

    [Fact]
    public void Text_AnEvent_IsOneLineByTheClockOfVietnam()
    {
        var text = Write(new LineFormatter(Clock), LogLevel.Warning, new InvalidOperationException("một\nhai"));

        Assert.Equal(
            "2026-11-21T00:05:11+07:00 warn: KpiMetrics.Lanes[4001] lao-cai/LC-A01/M từ sở: 3 \"dòng\" System.InvalidOperationException: một hai"
                + Environment.NewLine,
            text
        );
    }

    [Fact]
    public void Json_AnEvent_IsOneObjectALineWithItsFields()
    {
        var text = Write(new JsonFormatter(Clock), LogLevel.Error, new InvalidOperationException("một\nhai"));

        Assert.EndsWith(Environment.NewLine, text, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', text.TrimEnd());
        var json = JsonElement.Parse(text);
        Assert.Equal("2026-11-21T00:05:11.250+07:00", json.GetProperty("time").GetString());
        Assert.Equal("error", json.GetProperty("level").GetString());
        Assert.Equal("KpiMetrics.Lanes", json.GetProperty("category").GetString());
        Assert.Equal((4001, "Ran"), (json.GetProperty("event").GetInt32(), json.GetProperty("name").GetString()));
        Assert.Equal("lao-cai/LC-A01/M từ sở: 3 \"dòng\"", json.GetProperty("message").GetString());
        Assert.Equal(3, json.GetProperty("fields").GetProperty("Rows").GetInt32());
        Assert.Equal("lao-cai/LC-A01/M", json.GetProperty("fields").GetProperty("Duty").GetString());
        Assert.Equal(2, json.GetProperty("fields").EnumerateObject().Count());
        Assert.Contains("một\nhai", json.GetProperty("exception").GetString(), StringComparison.Ordinal);
        Assert.Contains("từ sở", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Format_NeitherTextNorJson_IsRefused()
    {
        using var cli = new Cli();

        (await cli.RunAsync("run", "--Logging:Format=xml")).FailedWith("Logging:Format is 'xml'; allowed: text, json.");
    }

    private static string Write(ConsoleFormatter formatter, LogLevel level, Exception fault)
    {
        using var text = new StringWriter();
        IReadOnlyList<KeyValuePair<string, object?>> state =
        [
            new("Duty", "lao-cai/LC-A01/M"),
            new("Rows", 3),
            new("{OriginalFormat}", "{Duty} từ sở: {Rows} \"dòng\""),
        ];
        var entry = new LogEntry<IReadOnlyList<KeyValuePair<string, object?>>>(
            level,
            "KpiMetrics.Lanes",
            new(4001, "Ran"),
            state,
            fault,
            (of, _) => $"{of[0].Value} từ sở: {of[1].Value} \"dòng\""
        );
        formatter.Write(entry, null, text);
        return text.ToString();
    }
}
