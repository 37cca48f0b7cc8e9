using KpiMetrics.Core.Alerting;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality.Checks;
using KpiMetrics.Pipeline.Alerting;
using KpiMetrics.Pipeline.Ledger.Sqlite;
using KpiMetrics.Tests.Ledger;
using KpiMetrics.Tests.Obligations;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Alerting;

/// <summary>A month of a province in fast time: 99 communes report each day, one in twenty late; a source is dead all along; one figure is in the wrong unit.</summary>
public sealed class AlertMonthTests : IDisposable
{
    private const int Communes = 99;
    private const int Days = 30;
    private const string Late = "09:00:01"; // due at 09:00, missing from 15:00 on

    private static readonly Area[] Places =
    [
        .. Enumerable
            .Range(1, Communes)
            .Select(n => TestAreas.Area($"03{n:000}", $"Xã {n}", AreaLevel.Commune, new(2025, 7, 1), null, "15")),
    ];

    private static readonly Indicator Sent = Daily("LC-D01", "Ủy ban nhân dân các xã");
    private static readonly Indicator Pulled = Daily("LC-D02", "Sở Y tế");

    private static readonly CatalogSnapshot Catalog = new(
        [DutyWorld.Set(Sent, Pulled)],
        [DutyWorld.Country, DutyWorld.Province, .. Places]
    );

    private static readonly Duty OfOffices = new(DutyWorld.SetCode, Sent.Code, Frequency.Day);
    private static readonly Duty OfSource = new(DutyWorld.SetCode, Pulled.Code, Frequency.Day);

    private readonly TempFolder folder = new();
    private readonly Random random = new(7);
    private readonly List<(Period Day, Area Area)> late = [];
    private readonly Dictionary<DateOnly, List<Digest>> digests = [];
    private int toldAtOnce;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Month_WithADeadSourceAndLateCommunes_EndsInTheRightAlerts()
    {
        var ledger = (SqliteLedger)await SqliteLedgers.CreateAsync(folder, "ledger.db");
        var plan = new ObligationPlan(Catalog, TestCatalog.Zone);
        for (var day = 1; day <= Days; day++)
        {
            var period = Period.Of(Frequency.Day, 2026, new DateOnly(2026, 11, day).DayOfYear);
            foreach (var duty in (Duty[])[OfOffices, OfSource])
                await ledger.CreateAsync([.. plan.Of(duty, period, At(day, "00:00"))], new Dictionary<Duty, Period>(), Token);
        }
        for (var day = 1; day <= Days; day++)
            await LiveAsync(ledger, day);
        await AssertAsync(ledger);
    }

    // What was due for a day comes on the next one.
    private async Task LiveAsync(SqliteLedger ledger, int day)
    {
        var period = Period.Of(Frequency.Day, 2026, new DateOnly(2026, 11, day).DayOfYear);
        var slow = Places.Where(_ => random.Next(20) == 0).ToList();
        late.AddRange(slow.Select(area => (period, area)));
        await RoundAsync(ledger, At(day + 1, "07:30"));
        await ReportAsync(ledger, OfOffices, period, Places.Except(slow), At(day + 1, "08:00"));
        await ledger.SaveAskingsAsync(OfSource, [Asked(period, At(day + 1, "08:30"), null)], null, Token);
        await RoundAsync(ledger, At(day + 1, Late));
        if (day == 10)
            await FindAsync(ledger, At(day + 1, "10:00"), period);
        if (day == 12)
            await FindAsync(ledger, At(day + 1, "10:00"));
        await ReportAsync(ledger, OfOffices, period, slow.Where((_, n) => n % 2 == 0), At(day + 1, "11:00"));
        await RoundAsync(ledger, At(day + 1, "15:00:01"));
        await ReportAsync(ledger, OfOffices, period, slow.Where((_, n) => n % 2 == 1), At(day + 1, "20:00"));
    }

    private async Task AssertAsync(SqliteLedger ledger)
    {
        var open = await RoundAsync(ledger, At(Days + 1, "20:00:01"));
        Assert.Equal(1 + Communes * Days, open.Count);
        Assert.Equal("source:so-mot/lc", Assert.Single(open, alert => alert.IsTold).Key); // one outage, not 2,970 lates
        Assert.Equal(AlertAudience.Operations, Assert.Single(open, alert => alert.Audience != AlertAudience.Office).Audience);

        var all = await ledger.ReadAlertsAsync(new(), Token);
        var wanted = late.Select(one => AlertKeys.OfObligation(OfOffices, one.Day, one.Area.Id)).Order(StringComparer.Ordinal);
        Assert.Equal(
            wanted,
            all.Where(alert => alert.Concern.Indicator == Sent.Code && alert.Concern.IsLateness).Select(alert => alert.Key).Order(StringComparer.Ordinal)
        );
        Assert.InRange(late.Count, 100, 200);
        var finding = Assert.Single(all, alert => alert.Concern.Kind == AlertKind.Contradiction);
        Assert.Equal((AlertState.Resolved, "Sở Y tế"), (finding.State, finding.Concern.Agency));
        Assert.Equal(1 + Communes * Days + late.Count + 1, all.Count);
        foreach (var alert in all)
        {
            var events = await ledger.ReadAlertEventsAsync(alert.Key, Token);
            Assert.Equal(AlertStep.Fired, Assert.Single(events, one => one.Step is AlertStep.Fired or AlertStep.Reopened).Step);
            Assert.Equal(alert, AlertLife.Replay(events)! with { Id = alert.Id }); // there are some
        }

        // Each morning of a working day at most one message for an office, and none of the outage's.
        Assert.All(digests.Keys, day => Assert.True(Catalog.Calendar.IsWorkingDay(day), $"{day}"));
        Assert.All(digests.Values, some => Assert.Equal(some.Count, some.DistinctBy(one => (one.To, one.Agency)).Count()));
        Assert.DoesNotContain(digests.Values.SelectMany(some => some), one => one.Alerts.Any(alert => alert.Concern.HeldBy is not null));
        Assert.Equal(2, digests.Values.Count(some => some.Any(one => one.Agency == "Sở Y tế"))); // the wrong figure, on a Thursday and a Friday
        Assert.Equal(1, toldAtOnce);

        // The source answers, with everything it owes.
        var back = At(Days + 2, "06:00");
        for (var day = 1; day <= Days; day++)
        {
            var period = Period.Of(Frequency.Day, 2026, new DateOnly(2026, 11, day).DayOfYear);
            await ledger.SaveAskingsAsync(OfSource, [Asked(period, back, back)], null, Token);
            await ReportAsync(ledger, OfSource, period, Places, back);
        }
        Assert.Empty(await RoundAsync(ledger, back.AddMinutes(1)));
    }

    // Two workers at once, and a third that is killed before it has written.
    private async Task<IReadOnlyList<Alert>> RoundAsync(SqliteLedger ledger, DateTimeOffset at)
    {
        using var killed = new CancellationTokenSource();
        await killed.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Stage(ledger).RunAsync(at, null, killed.Token));
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => Stage(ledger).RunAsync(at, null, Token), Token)));
        var (live, events) = await Stage(ledger).RunAsync(at, null, Token);
        Assert.Empty(events);
        toldAtOnce = Math.Max(toldAtOnce, live.Count(alert => alert.IsTold && alert.Concern.IsImmediate));
        var day = DateOnly.FromDateTime(at.ToOffset(TimeSpan.FromHours(7)).DateTime);
        var told = await new MorningDigests(Catalog, ledger, TestCatalog.Zone).ReadAsync(live, at, Token);
        if (told.Count > 0)
            digests[day] = [.. told];
        return live;
    }

    private static AlertStage Stage(SqliteLedger ledger) =>
        new(
            ledger,
            AlertProviders.Of(Catalog, ledger, (_, indicator) => indicator == Pulled.Code, TestCatalog.Zone),
            new AlertRound(new Escalation(Catalog.Calendar, TestCatalog.Zone))
        );

    private static async Task ReportAsync(SqliteLedger ledger, Duty duty, Period period, IEnumerable<Area> areas, DateTimeOffset at)
    {
        await using var report = await ledger.BeginAsync(new(duty.Set, "forms", "", at, false, at, "test"), Token);
        foreach (var area in areas)
        {
            var series = new SeriesKey(duty.Set, duty.Indicator, $"{duty.Indicator}.01", "", area.Id, duty.Frequency);
            await report.AppendAsync(series, period, FigureValue.Of(5m), 'A', Vintage.Official, null, Token);
        }
        await report.CommitAsync(0, Token);
    }

    private static async Task FindAsync(SqliteLedger ledger, DateTimeOffset at, params Period[] wrong)
    {
        var measure = Pulled.Measures[0];
        var place = Place.Of(Catalog.Sets[0], measure);
        Finding Of(Period period) =>
            new()
            {
                Kind = CheckKind.IdentitySum,
                Verdict = FindingVerdict.Contradiction,
                Set = DutyWorld.SetCode,
                Indicator = Pulled.Code,
                Place = place,
                Subject = "",
                Area = Places[0].Id,
                Period = period,
                Stated = PrintedNumber.Of(5000m, measure),
                Inputs = [new(place, PrintedNumber.Of(5m, measure))],
                Recomputed = 5m,
                Difference = 4995m,
            };
        await ledger.KeepFindingsAsync(DutyWorld.SetCode, measure.Code, [.. wrong.Select(Of)], at, null, Token);
    }

    private static Asking Asked(Period period, DateTimeOffset at, DateTimeOffset? answered) =>
        new("so-mot", period, 1, answered is null ? 1 : 0, At(1, "08:00"), at, answered, answered, at.AddHours(1), answered is null ? "HTTP 503" : "đủ");

    private static DateTimeOffset At(int day, string time) =>
        DutyWorld.At($"2026-11-01 {time}").AddDays(day - 1);

    private static Indicator Daily(string code, string agency) => DutyWorld.Indicator(code, [Frequency.Day]) with { Agency = agency };
}
