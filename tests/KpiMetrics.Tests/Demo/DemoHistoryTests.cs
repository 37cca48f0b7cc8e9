using System.Text.Json;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Collection;
using KpiMetrics.Pipeline.Ledger.Sqlite;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Tests.Support;
using KpiMetrics.Worker.Composition;
using KpiMetrics.Worker.Demo;

namespace KpiMetrics.Tests.Demo;

public sealed class DemoHistoryTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void DemoHistory_OfTheCatalog_HasBothSetsAndNoHours()
    {
        var history = DemoHistory.Of(DemoWorld.Catalog, DemoWorld.Now).ToList();

        Assert.Equal(["bac-ninh", "lao-cai"], history.Select(one => one.Duty.Set).Distinct().Order());
        Assert.DoesNotContain(history, one => one.Duty.Frequency == Frequency.Hour);
        Assert.Contains(history, one => one.Duty.ToString() == "lao-cai/LC-A14/M");
        var months = history.Single(one => one.Duty.ToString() == "bac-ninh/BN-07/M").Periods;
        Assert.Equal(("2023-11", "2026-11"), (months[0].ToString(), months[^1].ToString()));
        Assert.All(history, one => Assert.Equal(one.Periods.Count - 1, one.Periods[^1].Index - one.Periods[0].Index));
    }

    /// <summary>Slow, so only on demand: what the lead's first start does, one question after the other.</summary>
    [Fact(Explicit = true)]
    public async Task DemoHistory_FetchedAndRecorded_TakesLessThanAMinute()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var ledger = new SqliteLedger(folder.File("ledger.db"));
        await ledger.MigrateAsync(DemoWorld.Now, cancellationToken);
        var intake = new ReportIntake(DemoWorld.Catalog, ledger, VietnamTime.Zone);
        await using var agency = await DemoAgency.StartAsync(
            DemoWorld.Catalog,
            new() { HasOutages = false },
            DemoWorld.Due,
            new ManualClock(DemoWorld.Now),
            cancellationToken
        );
        using var client = new HttpClient();
        var (served, recorded, refused, reports, questions) = (0, 0, 0, 0, 0);
        var (fetching, recording) = (TimeSpan.Zero, TimeSpan.Zero);
        foreach (var (duty, periods) in DemoHistory.Of(DemoWorld.Catalog, DemoWorld.Now))
        {
            questions++;
            var began = TimeProvider.System.GetTimestamp();
            var rows = Rows(
                await client.GetStringAsync(
                    $"{agency.Address}/{duty.Set}/{duty.Indicator}?frequency={duty.Frequency.Code()}&from_period={periods[0]}&to_period={periods[^1]}",
                    cancellationToken
                ),
                duty.Indicator
            );
            fetching += TimeProvider.System.GetElapsedTime(began);
            served += rows.Count;
            began = TimeProvider.System.GetTimestamp();
            foreach (var report in rows.GroupBy(row => row.SentAt))
            {
                reports++;
                var result = await intake.TakeAsync(
                    new(duty.Set, "demo", duty.ToString(), report.Key, true, DemoWorld.Now, "test"),
                    report.Select(row => row.Row).ToAsyncEnumerable(),
                    null,
                    dryRun: false,
                    row => TestContext.Current.SendDiagnosticMessage($"refused: {row.Refusal.Message}"),
                    null,
                    cancellationToken
                );
                recorded += result.Receipt.Recorded;
                refused += result.Receipt.Refused;
            }
            recording += TimeProvider.System.GetElapsedTime(began);
        }

        TestContext.Current.SendDiagnosticMessage(
            $"{questions} questions, {reports} reports, {served} served in {fetching}, {recorded} recorded, {refused} refused in {recording}"
        );
        Assert.Equal(0, refused);
        Assert.True(fetching + recording < TimeSpan.FromMinutes(1));
    }

    private static List<(DateTimeOffset SentAt, RawRow Row)> Rows(string json, string indicator)
    {
        using var answer = JsonDocument.Parse(json);
        return
        [
            .. answer
                .RootElement.GetProperty("items")
                .EnumerateArray()
                .Select((item, at) => (item.GetProperty("sent_at").GetDateTimeOffset(), Row(item, at + 1, indicator))),
        ];
    }

    private static RawRow Row(JsonElement item, int line, string indicator)
    {
        var value = item.GetProperty("value");
        var isNumber = value.ValueKind == JsonValueKind.Number;
        return new(line)
        {
            Indicator = Text(indicator),
            Measure = Field("measure"),
            Subject = Field("subject"),
            Area = Field("area"),
            Period = Field("period"),
            Value = new(isNumber ? value.GetRawText() : value.GetString() ?? "", isNumber ? CellKind.Number : CellKind.Text, ""),
            Unit = Field("unit"),
            Status = Field("status"),
            Vintage = Field("vintage"),
            Note = Field("note"),
        };

        RawCell Field(string name) => Text(item.GetProperty(name).GetString() ?? "");
    }

    private static RawCell Text(string text) => new(text, CellKind.Text, "");
}
