using KpiMetrics.Core.Alerting;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Checks;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Tests.Obligations;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Alerting;

/// <summary>A month of a province in fast time: 99 communes report each day, one in twenty late; a source is dead all along; one figure is in the wrong unit.</summary>
public sealed class AlertMonthTests : IAsyncDisposable
{
    private const int Communes = 99;
    private const int Days = 30;
    private const int WrongDay = 17; // a Tuesday, reported on Wednesday, corrected on Friday
    private const string Late = "09:00:01"; // due at 09:00, missing from 15:00 on
    private const string Office = "Ủy ban nhân dân các xã";
    private const string Outage = "source:so-mot/lc";

    private static readonly Area[] Places =
    [
        .. Enumerable
            .Range(1, Communes)
            .Select(n => TestAreas.Area($"03{n:000}", $"Xã {n}", AreaLevel.Commune, new(2025, 7, 1), null, "15")),
    ];

    private static readonly Indicator Sent = Daily("LC-D01", Office);
    private static readonly Indicator Pulled = Daily("LC-D02", "Sở Y tế");

    private static readonly CatalogSnapshot Catalog = new(
        [DutyWorld.Set(Sent, Pulled)],
        [DutyWorld.Country, DutyWorld.Province, .. Places]
    );

    private static readonly Duty OfOffices = new(DutyWorld.SetCode, Sent.Code, Frequency.Day);
    private static readonly Duty OfSource = new(DutyWorld.SetCode, Pulled.Code, Frequency.Day);

    private readonly TempFolder folder = new();
    private readonly AlertEar ear = new();
    private readonly Random random = new(7);
    private readonly List<(Period Day, Area Area, bool IsMissing)> late = [];
    private AlertWorker worker;
    private Area? wrong;
    private int rounds;
    private int diedBeforeKeeping;
    private int diedBeforeTelling;

    public AlertMonthTests() => worker = NewWorker();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await worker.DisposeAsync();
        await ear.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Month_WithADeadSourceLateCommunesAndAWrongUnit_EndsInTheRightAlertsEachToldOnce()
    {
        await worker.Ledger.MigrateAsync(DateTimeOffset.UnixEpoch, Token);
        var plan = new ObligationPlan(Catalog, TestCatalog.Zone);
        for (var day = 1; day <= Days; day++)
        {
            foreach (var duty in (Duty[])[OfOffices, OfSource])
                await worker.Ledger.CreateAsync(
                    [.. plan.Of(duty, Of(day), At(day, "00:00"))],
                    new Dictionary<Duty, Period>(),
                    null,
                    Token
                );
        }
        for (var day = 1; day <= Days; day++)
            await LiveAsync(day);
        var open = await RoundAsync(At(Days + 1, "20:00:01"));

        AssertOpen(open);
        var all = await worker.Ledger.ReadAlertsAsync(new(), Token);
        await AssertKeptAsync(all);
        AssertTold(Assert.Single(all, alert => alert.Concern.Kind == AlertKind.Anomaly).Key);
        Assert.InRange(diedBeforeKeeping, 5, rounds);
        Assert.InRange(diedBeforeTelling, 5, rounds);

        await AnswerAsync(At(Days + 2, "06:00"));
    }

    // What was due for a day comes on the next one.
    private async Task LiveAsync(int day)
    {
        var slow = Places.Where(_ => random.Next(20) == 0).ToList();
        late.AddRange(slow.Select((area, n) => (Of(day), area, n % 2 == 1)));
        await RoundAsync(At(day + 1, "07:30"));
        var prompt = Places.Except(slow).ToList();
        if (day == WrongDay)
        {
            wrong = prompt[0];
            await ReportAsync(OfOffices, Of(day), [wrong], At(day + 1, "07:59"), factor: 1000m);
            prompt.RemoveAt(0);
        }
        await ReportAsync(OfOffices, Of(day), prompt, At(day + 1, "08:00"), factor: 1m);
        if (day == WrongDay)
            Assert.Equal((1, 1, 0), await CheckAsync(At(day + 1, "08:01")));
        await worker.Ledger.SaveAskingsAsync(OfSource, [Asked(Of(day), At(day + 1, "08:30"), null)], null, Token);
        await RoundAsync(At(day + 1, Late));
        if (day == WrongDay + 2 && wrong is { } corrected)
        {
            await ReportAsync(OfOffices, Of(WrongDay), [corrected], At(day + 1, "10:00"), factor: 1m);
            Assert.Equal((0, 0, 1), await CheckAsync(At(day + 1, "10:01")));
        }
        await ReportAsync(OfOffices, Of(day), slow.Where((_, n) => n % 2 == 0), At(day + 1, "11:00"), factor: 1m);
        await RoundAsync(At(day + 1, "15:00:01"));
        await ReportAsync(OfOffices, Of(day), slow.Where((_, n) => n % 2 == 1), At(day + 1, "20:00"), factor: 1m);
    }

    private static void AssertOpen(IReadOnlyList<Alert> open)
    {
        Assert.Equal(1 + Communes * Days, open.Count);
        Assert.Equal(Outage, Assert.Single(open, alert => alert.IsTold).Key); // one outage, not 2,970 lates
        Assert.Equal(Outage, Assert.Single(open, alert => alert.Audience != AlertAudience.Office).Key);
    }

    // What the ledger has: each once, and all that happened to it.
    private async Task AssertKeptAsync(IReadOnlyList<Alert> all)
    {
        Assert.InRange(late.Count, 100, 200);
        Assert.Equal(1 + Communes * Days + late.Count + 1, all.Count);
        var own = all.Where(alert => alert.Concern.Indicator == Sent.Code && alert.Concern.IsLateness);
        Assert.Equal(
            late.Select(KeyOf).Order(StringComparer.Ordinal),
            own.Select(alert => alert.Key).Order(StringComparer.Ordinal)
        );
        Assert.All(own, alert => Assert.Equal(AlertState.Resolved, alert.State));
        var finding = Assert.Single(
            all,
            alert => alert.Concern.Kind is AlertKind.Anomaly or AlertKind.Contradiction or AlertKind.Disagreement
        );
        Assert.Equal((AlertState.Resolved, Office, wrong?.Id), (finding.State, finding.Concern.Agency, finding.Concern.Area));
        Assert.Equal(WrongUnit(), finding.Concern.Title);
        foreach (var alert in all)
        {
            var events = await worker.Ledger.ReadAlertEventsAsync(alert.Key, Token);
            Assert.Equal(AlertStep.Fired, Assert.Single(events, one => one.Step is AlertStep.Fired or AlertStep.Reopened).Step);
            Assert.Equal(alert, AlertLife.Replay(events)! with { Id = alert.Id }); // there are some
        }
    }

    // What anybody heard of, whoever was killed in between: each once, and of the dead source's 2,970 lates nothing.
    private void AssertTold(string finding)
    {
        string[] digests = ["2026-11-19", "2026-11-20"]; // Thursday and Friday, on which the wrong figure stands
        var told = late.Select(one => $"{KeyOf(one)} overdue office")
            .Concat(late.Where(one => one.IsMissing).Select(one => $"{KeyOf(one)} missing office"))
            .Concat(digests.Select(day => $"digest/{DutyWorld.Province.Id}/office/{Office}/{wrong?.Id}/{day} digest office"))
            .Append($"{finding} anomaly office")
            .Append($"{Outage} source-failing operations");
        Assert.Equal(told.Order(StringComparer.Ordinal), ear.News.Order(StringComparer.Ordinal));
        Assert.Empty(ear.EndsOfNothing);
    }

    // The source answers, with everything it owes: all is closed, and nobody hears of what was held back.
    private async Task AnswerAsync(DateTimeOffset at)
    {
        var told = ear.News.Count;
        for (var day = 1; day <= Days; day++)
        {
            await ReportAsync(OfSource, Of(day), Places, at, factor: 1m);
            await worker.Ledger.SaveAskingsAsync(OfSource, [Asked(Of(day), at, at)], null, Token);
        }
        Assert.Empty(await RoundAsync(at.AddMinutes(1)));
        Assert.Equal((0, 0, 0), await CheckAsync(at.AddMinutes(2)));
        Assert.Equal(told, ear.News.Count);
        Assert.Empty(ear.EndsOfNothing);
    }

    private async Task<IReadOnlyList<Alert>> RoundAsync(DateTimeOffset at)
    {
        ear.Now = at;
        switch (rounds++ % 10)
        {
            case 1:
                diedBeforeKeeping += await DieAsync(at, isAfter: false);
                break;
            case 4:
                diedBeforeTelling += await DieAsync(at, isAfter: true);
                break;
            case 7:
                await LookByTwoAsync(at);
                break;
            default:
                break;
        }
        var kept = await worker.LookAsync(worker.Ledger, at, Token);
        var live = await worker.Ledger.ReadAlertsAsync(AlertQuery.Live, Token);
        Assert.Equal(kept.Open, live.Count);
        await worker.TellAsync(live, at, Token);
        return live;
    }

    // Another goes on, who has to open the ledger and knows of nothing that was told. 0: there was nothing to keep, and it lived on to that point.
    private async Task<int> DieAsync(DateTimeOffset at, bool isAfter)
    {
        var dying = new DyingAlerts(worker.Ledger, isAfter);
        try
        {
            await worker.LookAsync(dying, at, Token);
        }
        catch (OperationCanceledException) when (dying.IsDead)
        {
            // As it should.
        }
        await worker.DisposeAsync();
        worker = NewWorker();
        return dying.IsDead ? 1 : 0;
    }

    private async Task LookByTwoAsync(DateTimeOffset at)
    {
        await using var other = NewWorker();
        await Task.WhenAll(
            Task.Run(() => worker.LookAsync(worker.Ledger, at, Token), Token),
            Task.Run(() => other.LookAsync(other.Ledger, at, Token), Token)
        );
    }

    private AlertWorker NewWorker() => new(Catalog, folder.File("ledger.db"), ear.Address, indicator => indicator == Pulled.Code);

    private async Task ReportAsync(Duty duty, Period period, IEnumerable<Area> areas, DateTimeOffset at, decimal factor)
    {
        await using var report = await worker.Ledger.BeginAsync(new(duty.Set, "forms", "", at, false, at, "test"), Token);
        foreach (var area in areas)
        {
            var series = new SeriesKey(duty.Set, duty.Indicator, $"{duty.Indicator}.01", "", area.Id, duty.Frequency);
            await report.AppendAsync(series, period, FigureValue.Of(AmountOf(area) * factor), 'A', Vintage.Official, null, Token);
        }
        await report.CommitAsync(0, Token);
    }

    private async Task<(int Firing, int Added, int Resolved)> CheckAsync(DateTimeOffset at)
    {
        var ledger = worker.Ledger;
        var stage = new CheckStage(Catalog, ledger, ledger, ledger, "rules", TimeSpan.Zero);
        var result = await stage.RunAsync(DutyWorld.SetCode, () => at, null, Token);
        return (result.Firing, result.Added, result.Resolved);
    }

    private string WrongUnit()
    {
        var amount = wrong is { } area ? AmountOf(area) : 0m;
        return FormattableString.Invariant(
            $"LC-D01.01 \"LC-D01.01\": số liệu ngày {WrongDay}/11/2026 ({amount}.000 tấn) cao gấp khoảng 1.000 lần mức dự kiến (khoảng {amount} tấn): nghi nhầm kg với tấn."
        );
    }

    private static decimal AmountOf(Area area) => 101m + Array.IndexOf(Places, area);

    private static string KeyOf((Period Day, Area Area, bool IsMissing) one) =>
        AlertKeys.OfObligation(OfOffices, one.Day, one.Area.Id);

    private static Asking Asked(Period period, DateTimeOffset at, DateTimeOffset? answered) =>
        new(
            "so-mot",
            period,
            1,
            answered is null ? 1 : 0,
            At(1, "08:00"),
            at,
            answered,
            answered,
            at.AddHours(1),
            answered is null ? "HTTP 503" : "đủ"
        );

    private static Period Of(int day) => Period.Of(Frequency.Day, 2026, new DateOnly(2026, 11, day).DayOfYear);

    private static DateTimeOffset At(int day, string time) => DutyWorld.At($"2026-11-01 {time}").AddDays(day - 1);

    private static Indicator Daily(string code, string agency) =>
        DutyWorld.Indicator(code, [Frequency.Day]) with
        {
            Agency = agency,
        };
}
