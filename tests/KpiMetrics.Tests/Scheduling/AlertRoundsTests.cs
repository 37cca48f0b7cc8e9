using System.Collections.Concurrent;
using KpiMetrics.Core.Alerting;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Alerting;
using KpiMetrics.Pipeline.Alerting.Alertmanager;
using KpiMetrics.Pipeline.Ledger.Claims;
using KpiMetrics.Pipeline.Ledger.Sqlite;
using KpiMetrics.Tests.Alerting;
using KpiMetrics.Tests.Api;
using KpiMetrics.Tests.Ledger;
using KpiMetrics.Tests.Obligations;
using KpiMetrics.Tests.Support;
using KpiMetrics.Worker.Scheduling;
using Microsoft.Extensions.Logging;

namespace KpiMetrics.Tests.Scheduling;

public sealed class AlertRoundsTests : IDisposable
{
    private static readonly TimeSpan Term = TimeSpan.FromMinutes(10);

    private readonly TempFolder folder = new();
    private readonly LogLines lines = new();
    private readonly LoggerFactory logs;
    private readonly ManualClock clock = new(DutyWorld.At("2026-05-05 17:00:01"));

    public AlertRoundsTests() => logs = new([lines]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        logs.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Run_SomethingIsLate_SaysSoOnce()
    {
        var ledger = await AprilAsync();
        await using var delivery = Delivery();
        await using var rounds = Rounds(ledger, "an", delivery);

        await rounds.RunAsync(Token);
        await rounds.RunAsync(Token);

        Assert.Equal("Alerts: 4 fired, 0 changed, 0 resolved; 4 are open", Assert.Single(Said("Alerts: ")));
    }

    [Fact]
    public async Task Run_ThatTookLong_RestsFourTimesAsLongAndAMinuteAtMost()
    {
        var ledger = await AprilAsync();
        await using var delivery = Delivery();
        var slow = new SlowAlerts(clock) { Takes = TimeSpan.FromSeconds(5) };
        await using var rounds = Rounds(ledger, "an", delivery, more: slow);
        await rounds.RunAsync(Token);

        Assert.Equal(1, await LooksAfterAsync(19));
        slow.Takes = TimeSpan.FromMinutes(1);
        Assert.Equal(2, await LooksAfterAsync(1));
        Assert.Equal(2, await LooksAfterAsync(59));
        Assert.Equal(3, await LooksAfterAsync(1));

        async Task<int> LooksAfterAsync(int seconds)
        {
            clock.Advance(TimeSpan.FromSeconds(seconds));
            await rounds.RunAsync(Token);
            return slow.Looks;
        }
    }

    [Fact]
    public async Task Run_ThatTookLong_RestsNoLongerThanAThirdOfWhatAnAlertmanagerBelievesItFor()
    {
        var ledger = await AprilAsync();
        await using var delivery = new AlertDelivery(
            new() { ResendSeconds = 10, HoldSeconds = 30 },
            DutyWorld.CatalogOf(DutyWorld.Monthly),
            TestCatalog.Zone,
            clock,
            (_, _) => { },
            _ => { }
        );
        var slow = new SlowAlerts(clock) { Takes = TimeSpan.FromSeconds(5) };
        await using var rounds = Rounds(ledger, "an", delivery, more: slow);
        await rounds.RunAsync(Token);

        clock.Advance(TimeSpan.FromSeconds(9));
        await rounds.RunAsync(Token);
        Assert.Equal(1, slow.Looks);
        clock.Advance(TimeSpan.FromSeconds(1));
        await rounds.RunAsync(Token);
        Assert.Equal(2, slow.Looks);
    }

    /// <summary>Told that they began when the look did, Alertmanager would not wait for the others of their group.</summary>
    [Fact]
    public async Task Run_ThatTookLong_TellsAlertsAsBeginningWhenTheyAreTold()
    {
        var ledger = await AprilAsync();
        await using var ear = new AlertEar { Now = clock.GetUtcNow() };
        await using var delivery = Delivery(null, ear.Address);
        var slow = new SlowAlerts(clock) { Takes = TimeSpan.FromSeconds(40) };
        await using var rounds = Rounds(ledger, "an", delivery, more: slow);

        await rounds.RunAsync(Token);

        Assert.Equal(4, ear.Begins.Count);
        Assert.All(ear.Begins, began => Assert.Equal(clock.GetUtcNow(), began));
    }

    [Fact]
    public async Task Run_AnotherWorkerHasThem_LeavesThemToThatOneUntilItEnds()
    {
        var ledger = await AprilAsync();
        await using var delivery = Delivery();
        var first = Rounds(ledger, "an", delivery);
        await using var second = Rounds(ledger, "binh", delivery);

        await first.RunAsync(Token);
        await second.RunAsync(Token);
        Assert.Equal("an", Assert.Single(await ledger.ReadClaimsAsync(Token)).Claim.Holder);
        await first.DisposeAsync();
        clock.Advance(TimeSpan.FromDays(3));
        await second.RunAsync(Token);

        Assert.Equal("binh", Assert.Single(await ledger.ReadClaimsAsync(Token)).Claim.Holder);
        Assert.Equal(
            ["Alerts: 4 fired, 0 changed, 0 resolved; 4 are open", "Alerts: 0 fired, 8 changed, 0 resolved; 4 are open"],
            Said("Alerts: ")
        );
    }

    [Fact]
    public async Task Run_TheLedgerFails_SaysSoOnceAndGoesOnOnceItIsBack()
    {
        var ledger = new SqliteLedger(folder.File("later.db")); // nothing is in it yet
        await using var delivery = Delivery();
        await using var rounds = Rounds(ledger, "an", delivery);

        await rounds.RunAsync(Token);
        await rounds.RunAsync(Token);
        Assert.Contains("no such table", Assert.Single(Said("Alerts are not looked after")), StringComparison.Ordinal);

        await ledger.MigrateAsync(clock.GetUtcNow(), Token);
        await rounds.RunAsync(Token);
        Assert.Single(await ledger.ReadClaimsAsync(Token));
    }

    [Fact]
    public async Task Run_AlertmanagerIsAway_SaysSoOnceAndKeepsTheAlerts()
    {
        var ledger = await AprilAsync();
        var away = new ConcurrentQueue<string>();
        await using var delivery = Delivery(away, "http://127.0.0.1:1");
        await using var rounds = Rounds(ledger, "an", delivery);

        await rounds.RunAsync(Token);
        await rounds.RunAsync(Token);

        Assert.Equal("http://127.0.0.1:1", Assert.Single(away));
        Assert.Equal(4, (await ledger.ReadAlertsAsync(Pipeline.Ledger.AlertQuery.Live, Token)).Count);
    }

    [Fact]
    public async Task Run_WhileAHistoryIsLoaded_WaitsAndSaysOnceThatItDoesAndThatItGoesOn()
    {
        var ledger = await AprilAsync();
        var loading = new HistoryLoading(clock.GetUtcNow());
        await using var delivery = Delivery();
        await using var rounds = Rounds(ledger, "an", delivery, loading);

        await rounds.RunAsync(Token);
        await rounds.RunAsync(Token);
        Assert.Empty(await ledger.ReadAlertsAsync(new(), Token));
        Assert.Equal(
            "All alerts but those of thresholds wait until the demo's history is loaded, 15 minutes at most: what it brings is not late",
            Assert.Single(Said("All alerts"))
        );
        Assert.Empty(Said("Alerts go on"));

        loading.End("it is there");
        await rounds.RunAsync(Token);
        await rounds.RunAsync(Token);
        Assert.Equal("Alerts: 4 fired, 0 changed, 0 resolved; 4 are open", Assert.Single(Said("Alerts: ")));
        Assert.Equal("Alerts go on: it is there", Assert.Single(Said("Alerts go on")));
    }

    [Fact]
    public async Task Run_AHistoryIsLoadedForTooLong_WaitsNoLonger()
    {
        var ledger = await AprilAsync();
        await using var delivery = Delivery();
        await using var rounds = Rounds(ledger, "an", delivery, new(clock.GetUtcNow()));
        await rounds.RunAsync(Token);

        clock.Advance(HistoryLoading.Longest - TimeSpan.FromSeconds(1));
        await rounds.RunAsync(Token);
        Assert.Empty(await ledger.ReadAlertsAsync(new(), Token));
        clock.Advance(TimeSpan.FromSeconds(1));
        await rounds.RunAsync(Token);

        Assert.Equal(4, (await ledger.ReadAlertsAsync(Pipeline.Ledger.AlertQuery.Live, Token)).Count);
        Assert.Equal("Alerts go on: the demo's history takes longer than 15 minutes", Assert.Single(Said("Alerts go on")));
    }

    [Fact]
    public async Task Run_WhileAHistoryIsLoaded_ThresholdsAreToldAllTheSame()
    {
        using var world = await FloodWorld.CreateAsync();
        await world.ReportAsync("2026-05-05 16:05", "2026-05-05T15", 1.3m);
        await using var delivery = Delivery();
        await using var rounds = Rounds(world.Ledger, "an", delivery, new(clock.GetUtcNow()), FloodWorld.Catalog);

        await rounds.RunAsync(Token);

        Assert.Equal(AlertState.Firing, (await world.FindAsync(FloodWorld.Key("muc-nuoc", "bao-dong-1"))).State);
    }

    /// <summary>As a worker finds them that was killed while it loaded.</summary>
    [Fact]
    public async Task Run_WhileAHistoryIsLoaded_OpenAlertsStayAsTheyAre()
    {
        var ledger = await AprilAsync();
        await using var delivery = Delivery();
        var killed = Rounds(ledger, "an", delivery);
        await killed.RunAsync(Token);
        await killed.DisposeAsync();
        var before = await ledger.ReadAlertsAsync(new(), Token);

        clock.Advance(TimeSpan.FromDays(30)); // missing by now, and to be told to their heads
        await using var next = Rounds(ledger, "binh", delivery, new(clock.GetUtcNow()));
        await next.RunAsync(Token);

        Assert.Equal(4, before.Count);
        Assert.Equal(before, await ledger.ReadAlertsAsync(new(), Token));
    }

    private async Task<SqliteLedger> AprilAsync()
    {
        var ledger = await SqliteLedgers.CreateAsync(folder, "ledger.db");
        var plan = DutyWorld.Plan(DutyWorld.CatalogOf(DutyWorld.Monthly));
        await new DutyLedger(ledger).CreateAsync([
            .. plan.Of(DutyWorld.Months, Period.Parse("2026-04"), DutyWorld.At("2026-04-01")),
        ]);
        return (SqliteLedger)ledger;
    }

    private static AlertDelivery Delivery(ConcurrentQueue<string>? away = null, params string[] alertmanagers) =>
        new(
            new() { Alertmanagers = alertmanagers },
            DutyWorld.CatalogOf(DutyWorld.Monthly),
            TestCatalog.Zone,
            new ManualClock(DateTimeOffset.UnixEpoch), // waits as long as it takes
            (address, _) => away?.Enqueue(address),
            _ => { }
        );

    private AlertRounds Rounds(
        SqliteLedger ledger,
        string holder,
        AlertDelivery delivery,
        HistoryLoading? loading = null,
        CatalogSnapshot? catalog = null,
        params IAlertProvider[] more
    )
    {
        catalog ??= DutyWorld.CatalogOf(DutyWorld.Monthly);
        return new(
            new AlertStage(
                ledger,
                [.. AlertProviders.Of(catalog, ledger, (_, _) => false, (_, _) => true, TestCatalog.Zone), .. more],
                AlertWorld.Round
            ),
            new MorningDigests(catalog, ledger, (_, _) => false, TestCatalog.Zone),
            delivery,
            ledger,
            new ClaimKeeper(ledger, holder, _ => false, Term, clock),
            clock,
            logs.CreateLogger<AlertRounds>()
        )
        {
            Loading = loading,
        };
    }

    private IEnumerable<string> Said(string words) =>
        lines
            .All.Split('\n')
            .Where(line => line.Contains(words, StringComparison.Ordinal))
            .Select(line => line[line.IndexOf(words, StringComparison.Ordinal)..].Trim());

    /// <summary>Sees nothing, and takes its time for it.</summary>
    private sealed class SlowAlerts(ManualClock clock) : IAlertProvider
    {
        public TimeSpan Takes { get; set; }

        public int Looks { get; private set; }

        public bool Knows(AlertKind kind) => false;

        public Task<IReadOnlyList<Concern>> ReadAsync(string set, DateTimeOffset at, CancellationToken cancellationToken)
        {
            Looks++;
            clock.Advance(Takes);
            return Task.FromResult<IReadOnlyList<Concern>>([]);
        }

        public Task<IReadOnlyDictionary<string, Evidence>> FindEvidenceAsync(
            IReadOnlyCollection<Alert> unseen,
            DateTimeOffset at,
            CancellationToken cancellationToken
        ) => Task.FromResult<IReadOnlyDictionary<string, Evidence>>(new Dictionary<string, Evidence>(StringComparer.Ordinal));
    }
}
