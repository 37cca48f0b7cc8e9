using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using KpiMetrics.Core.Alerting;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Alerting;
using KpiMetrics.Pipeline.Alerting.Alertmanager;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Claims;
using KpiMetrics.Pipeline.Ledger.Sqlite;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.Tests.Alerting;
using KpiMetrics.Tests.Ledger;
using KpiMetrics.Tests.Obligations;
using KpiMetrics.Tests.Support;
using KpiMetrics.Worker.Commands.Alerts;
using KpiMetrics.Worker.Scheduling;
using Microsoft.Extensions.Logging.Abstractions;

namespace KpiMetrics.ServerTests.Alerting;

/// <summary>A worker's rounds over a real ledger, two real Alertmanagers, and an hour by the worker's clock in which one of them is away.</summary>
/// <remarks>
/// Alertmanager has a clock of its own. The worker's begins more than an hour before that one, so that what ends in its hour has ended there as well; and what
/// holds is said to hold for a day, so that nothing ends by itself in between.
/// </remarks>
public sealed class AlertHourTest : IDisposable
{
    private const int FromTheStart = 40;
    private const int CameMeanwhile = 10; // the first so many of these
    private const int LateMeanwhile = 10;
    private const int Short = 5;
    private const string Acknowledged = "a11@2025-07-01";
    private const string Explained = "a12@2025-07-01";
    private const string Failing = "so-mot";
    private const string Answering = "so-hai";

    private static readonly Period Month = Period.Parse("2026-04");

    private readonly TestFolder folder = new();
    private readonly ConcurrentQueue<string> said = new();
    private readonly DateTimeOffset start;
    private readonly ManualClock clock;

    public AlertHourTest()
    {
        start = TimeProvider.System.GetUtcNow().AddMinutes(-70);
        clock = new(start);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rounds_AnAlertmanagerIsAwayForAnHour_HasAgainWhatHoldsWithTheSameLabelsAndNothingThatEnded(
        bool isWorkerKilled
    )
    {
        await using var steady = await AlertmanagerServer.StartAsync(Token);
        await using var away = await AlertmanagerServer.StartAsync(Token);
        await FillAsync();
        await using var first = Worker("an", steady.Url, away.Url);
        await using var second = Worker("binh", steady.Url, away.Url);
        var worker = first;
        await worker.Rounds.RunAsync(Token);
        var before = await LabelsAsync(away);
        Assert.Equal(FromTheStart + 2, before.Count);
        Assert.Equal(before, await LabelsAsync(steady));

        await away.StopAsync();
        for (var minute = 5; minute <= 60; minute += 5)
        {
            clock.Advance(TimeSpan.FromMinutes(5));
            await HappenAsync(minute);
            if (minute == 45 && isWorkerKilled)
                worker = second;
            await worker.Rounds.RunAsync(Token);
        }
        Assert.Single(said, one => one == $"an: away {away.Url}");

        await away.StartAgainAsync(Token);
        Assert.Empty(await away.AlertsAsync(Token));
        clock.Advance(TimeSpan.FromMinutes(1));
        await worker.Rounds.RunAsync(Token);

        var ended = Areas(1, CameMeanwhile)
            .Append(Explained)
            .Select(KeyOf)
            .Append(AlertKeys.OfSource(Answering, DutyWorld.SetCode));
        var after = await LabelsAsync(away);
        Assert.Equal(
            before.Keys.Except(ended).Concat(Areas(FromTheStart + 1, LateMeanwhile).Select(KeyOf)).Order(StringComparer.Ordinal),
            after.Keys
        );
        Assert.All(after.Where(one => before.ContainsKey(one.Key)), one => Assert.Equal(before[one.Key], one.Value));
        Assert.Equal(after, await LabelsAsync(steady));
        Assert.Equal(await ToldAsync(), after.Keys);
        Assert.Single(said, one => one.EndsWith($": back {away.Url}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rounds_OneOfTwoAlertmanagersWasNeverThere_TellTheOtherAtOnceAndThatOneOnceItComes()
    {
        await using var steady = await AlertmanagerServer.StartAsync(Token);
        await using var absent = await AlertmanagerServer.StartAsync(Token);
        await absent.StopAsync();
        await FillAsync();
        await using var worker = Worker("an", absent.Url, steady.Url);

        await worker.Rounds.RunAsync(Token);
        await worker.Rounds.RunAsync(Token);
        var told = await LabelsAsync(steady);
        Assert.Equal(FromTheStart + 2, told.Count);
        Assert.Equal([$"an: away {absent.Url}"], said);

        await absent.StartAgainAsync(Token);
        clock.Advance(TimeSpan.FromSeconds(10)); // not yet time for all to be sent again to the other
        await worker.Rounds.RunAsync(Token);

        Assert.Equal(told, await LabelsAsync(absent));
        Assert.Equal([$"an: away {absent.Url}", $"an: back {absent.Url}"], said);
    }

    // Forty are late, ten will be within the hour, five for a quarter of an hour; two sources fail.
    private async Task FillAsync()
    {
        var ledger = Ledger();
        await ledger.MigrateAsync(start, Token);
        await new DutyLedger(ledger).CreateAsync([
            .. Areas(1, FromTheStart).Select(area => Due(area, start.AddMinutes(-10))),
            .. Areas(FromTheStart + 1, LateMeanwhile).Select(area => Due(area, start.AddMinutes(30))),
            .. Areas(FromTheStart + LateMeanwhile + 1, Short).Select(area => Due(area, start.AddMinutes(20))),
        ]);
        foreach (var source in (string[])[Failing, Answering])
            await AskAsync(ledger, source, answered: null);
    }

    private async Task HappenAsync(int minute)
    {
        var ledger = Ledger();
        var at = clock.GetUtcNow();
        var desk = new AlertDesk(ledger, "--");
        switch (minute)
        {
            case 20:
                await ReportAsync(ledger, Areas(1, CameMeanwhile));
                break;
            case 25:
                await desk.AcknowledgeAsync(KeyOf(Acknowledged), "an", "đang hỏi", _ => { }, at, Token);
                await desk.ExplainAsync(KeyOf(Explained), "an", "mất điện", null, _ => { }, at, Token);
                break;
            case 35:
                // They were late when the worker looked before, and Alertmanager never knew.
                Assert.Equal(
                    Short,
                    (await ToldAsync()).Intersect(Areas(FromTheStart + LateMeanwhile + 1, Short).Select(KeyOf)).Count()
                );
                await ReportAsync(ledger, Areas(FromTheStart + LateMeanwhile + 1, Short));
                break;
            case 40:
                await AskAsync(ledger, Answering, answered: at);
                break;
            default:
                break;
        }
    }

    private async Task ReportAsync(SqliteLedger ledger, IEnumerable<string> areas)
    {
        var at = clock
            .GetUtcNow()
            .ToOffset(TimeSpan.FromHours(7))
            .ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        var duties = new DutyLedger(ledger);
        foreach (var area in areas)
            await duties.ReportAsync(at, DutyWorld.Months, Month.ToString(), area, [("LC-A01.01", 5m)]);
    }

    private Task AskAsync(SqliteLedger ledger, string source, DateTimeOffset? answered)
    {
        var asked = answered ?? start.AddMinutes(-20);
        var failures = answered is null ? 3 : 0;
        var outcome = answered is null ? "HTTP 503" : "đủ";
        var asking = new Asking(
            source,
            Month,
            4,
            failures,
            start.AddHours(-2),
            asked,
            answered,
            answered,
            asked.AddHours(1),
            outcome
        );
        return ledger.SaveAskingsAsync(DutyWorld.Months, [asking], null, Token);
    }

    private SqliteLedger Ledger() => new(folder.File("ledger.db"));

    // With a connection to the ledger, and a memory, of its own.
    private AlertWorker Worker(string name, params string[] alertmanagers)
    {
        var ledger = Ledger();
        var catalog = DutyWorld.CatalogOf(DutyWorld.Monthly);
        var delivery = new AlertDelivery(
            new()
            {
                Alertmanagers = alertmanagers,
                HoldSeconds = 86400,
                SettleSeconds = 0,
            },
            catalog,
            TestCatalog.Zone,
            TimeProvider.System,
            (address, _) => said.Enqueue($"{name}: away {address}"),
            address => said.Enqueue($"{name}: back {address}")
        );
        var rounds = new AlertRounds(
            new AlertStage(
                ledger,
                AlertProviders.Of(catalog, ledger, (_, _) => false, (_, _) => true, TestCatalog.Zone),
                AlertWorld.Round
            ),
            new MorningDigests(catalog, ledger, (_, _) => false, TestCatalog.Zone),
            delivery,
            ledger,
            new ClaimKeeper(ledger, name, holder => holder != name, TimeSpan.FromDays(1), clock),
            clock,
            NullLogger<AlertRounds>.Instance
        );
        return new(rounds, delivery);
    }

    private static Obligation Due(string area, DateTimeOffset due) =>
        new(
            DutyWorld.Months,
            Month,
            area,
            AlertWorld.Office,
            new(due.AddDays(-1), due, TimeSpan.FromHours(1), TimeSpan.FromDays(30), "test"),
            ["LC-A01.01"],
            due.AddDays(-2)
        );

    private static IEnumerable<string> Areas(int first, int count) =>
        Enumerable.Range(first, count).Select(number => string.Create(CultureInfo.InvariantCulture, $"a{number:00}@2025-07-01"));

    private static string KeyOf(string area) => AlertKeys.OfObligation(DutyWorld.Months, Month, area);

    /// <summary>All labels of what an Alertmanager has, by the alert's key. The morning's digests come and go with the time of day, and are left out.</summary>
    private static async Task<SortedDictionary<string, string>> LabelsAsync(AlertmanagerServer server)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var labels in (await server.AlertsAsync(Token)).Select(alert => alert.GetProperty("labels")))
        {
            var shown = labels.EnumerateObject().Select(Shown).Order(StringComparer.Ordinal);
            if (Text(labels, AlertLabels.Name) != AlertLabels.Digest)
                all.Add(Text(labels, AlertLabels.Alert), string.Join(", ", shown));
        }
        return all;
    }

    private static string Text(JsonElement labels, string name) => labels.GetProperty(name).GetString() ?? "";

    private static string Shown(JsonProperty label) => $"{label.Name}={label.Value.GetString()}";

    // By the ledger alone.
    private async Task<IReadOnlyList<string>> ToldAsync()
    {
        var live = await Ledger().ReadAlertsAsync(AlertQuery.Live, Token);
        return [.. live.Where(alert => alert.IsTold).Select(alert => alert.Key).Order(StringComparer.Ordinal)];
    }

    private sealed record AlertWorker(AlertRounds Rounds, AlertDelivery Delivery) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Rounds.DisposeAsync();
            await Delivery.DisposeAsync();
        }
    }
}
