using KpiMetrics.Core.Alerting;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality.Checks;
using KpiMetrics.Pipeline.Alerting;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Sqlite;
using KpiMetrics.Tests.Ledger;
using KpiMetrics.Tests.Obligations;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Alerting;

/// <summary>Alerts of what left the configuration or the catalog while they were open: the next round closes them, and says why.</summary>
public sealed class LeftAlertsTests : IAsyncLifetime
{
    private const string Source = "source:so-mot/lc";
    private const string NotAsked = "Cấu hình không còn hỏi nguồn so-mot những số liệu này";

    private static readonly CatalogSnapshot Monthly = DutyWorld.CatalogOf(DutyWorld.Monthly);
    private static readonly CatalogSnapshot Both = DutyWorld.CatalogOf(DutyWorld.Monthly, DutyWorld.Hourly);

    private readonly TempFolder folder = new();
    private DutyLedger? made;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private DutyLedger World => made ?? throw new InvalidOperationException("Not started.");

    private SqliteLedger Ledger => (SqliteLedger)World.Ledger;

    public async ValueTask InitializeAsync() => made = new(await SqliteLedgers.CreateAsync(folder, "ledger.db"));

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Round_TheSourceLeftTheConfiguration_IsClosedBecauseOfThatAndHoldsNothingBack()
    {
        var due = await OweAprilAsync();
        await AskAsync(DutyWorld.Months, "2026-04", due, answered: null);
        await RoundAsync(due.AddSeconds(1), Monthly, isAsked: true);
        Assert.Equal([Source], await ToldAsync());

        var events = await RoundAsync(due.AddMinutes(1), Monthly, isAsked: false);

        var closed = Assert.Single(events, one => one.Step == AlertStep.Resolved);
        Assert.Equal((Source, NotAsked, AlertLife.Engine), (closed.Key, closed.Why, closed.Who));
        Assert.Equal(NotAsked, (await FindAsync(Source)).Evidence);
        Assert.Equal(3, (await ToldAsync()).Count);
        Assert.Empty(await RoundAsync(due.AddMinutes(2), Monthly, isAsked: false));

        // Asked again, and still failing: the same alert.
        var back = await RoundAsync(due.AddMinutes(3), Monthly, isAsked: true);
        Assert.Equal(Source, Assert.Single(back, one => one.Step == AlertStep.Reopened).Key);
    }

    [Fact]
    public async Task Round_TheOneDutyThatASourceFailsLeftTheCatalog_IsClosedThoughItIsAskedForOthers()
    {
        var at = DutyWorld.At("2026-05-06 08:00");
        await AskAsync(DutyWorld.Months, "2026-04", at, answered: null);
        await AskAsync(DutyWorld.Days, "2026-05-05", at, answered: at);
        await RoundAsync(at.AddMinutes(1), Both, isAsked: true);
        Assert.Equal(AlertSeverity.Warning, (await FindAsync(Source)).Concern.Severity);

        var hourly = DutyWorld.CatalogOf(DutyWorld.Hourly);
        await RoundAsync(at.AddMinutes(2), hourly, isAsked: true);
        var closed = await FindAsync(Source);
        Assert.Equal((AlertState.Resolved, NotAsked), (closed.State, closed.Evidence));

        // Of the others it is as before: it fails, and is closed by its answer.
        await AskAsync(DutyWorld.Days, "2026-05-06", at.AddDays(1), answered: null);
        await RoundAsync(at.AddDays(1), hourly, isAsked: true);
        Assert.Equal(AlertSeverity.Critical, (await FindAsync(Source)).Concern.Severity);
        await AskAsync(DutyWorld.Days, "2026-05-06", at.AddDays(1).AddHours(1), answered: at.AddDays(1).AddHours(1));
        await RoundAsync(at.AddDays(1).AddHours(2), hourly, isAsked: true);
        Assert.StartsWith(
            "Nguồn đã trả lời lúc 09:00 07/05/2026; ",
            (await FindAsync(Source)).Evidence,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Round_TheIndicatorLeftTheCatalog_ClosesWhatIsLateOfIt()
    {
        var due = await OweAprilAsync();
        Assert.Equal(3, (await RoundAsync(due.AddSeconds(1), Both, isAsked: false)).Count);

        var events = await RoundAsync(due.AddMinutes(1), DutyWorld.CatalogOf(DutyWorld.Hourly), isAsked: false);

        Assert.Equal(3, events.Count);
        Assert.All(
            events,
            one => Assert.Equal((AlertStep.Resolved, "Chỉ số LC-A01 không còn trong danh mục"), (one.Step, one.Why))
        );
    }

    [Theory]
    [InlineData(true, "Bộ chỉ số lc không còn trong danh mục")]
    [InlineData(false, "Chỉ tiêu LC-A01.02 không còn trong danh mục")]
    public async Task Round_TheSetOrTheMeasureLeftTheCatalog_ClosesWhatWasFoundOfIt(bool isSet, string why)
    {
        var at = DutyWorld.At("2026-05-06 08:00");
        await Ledger.KeepFindingsAsync(DutyWorld.SetCode, DutyWorld.Growth.Code, [Found()], at, null, Token);
        var fired = Assert.Single(await RoundAsync(at, Monthly, isAsked: false));
        Assert.Equal(AlertStep.Fired, fired.Step);

        var without = DutyWorld.Monthly with { Measures = [DutyWorld.Monthly.Measures[0]] };
        var catalog = isSet ? new CatalogSnapshot([], Monthly.Areas) : DutyWorld.CatalogOf(without);
        var closed = Assert.Single(await RoundAsync(at.AddMinutes(1), catalog, isAsked: false));

        Assert.Equal((fired.Key, AlertStep.Resolved, why), (closed.Key, closed.Step, closed.Why));
    }

    /// <summary>What closed it before does so no more, and what would is looked for no more.</summary>
    [Fact]
    public async Task Round_TheMeasureOfWhatSomebodyOpenedAgainLeftTheCatalog_IsClosedByThat()
    {
        var at = DutyWorld.At("2026-05-06 08:00");
        await Ledger.KeepFindingsAsync(DutyWorld.SetCode, DutyWorld.Growth.Code, [Found()], at, null, Token);
        var fired = Assert.Single(await RoundAsync(at, Monthly, isAsked: false));
        await Ledger.KeepFindingsAsync(DutyWorld.SetCode, DutyWorld.Growth.Code, [], at.AddMinutes(1), null, Token);
        await RoundAsync(at.AddMinutes(2), Monthly, isAsked: false);
        await OpenAgainAsync(fired.Key, at.AddMinutes(3));
        Assert.Empty(await RoundAsync(at.AddMinutes(4), Monthly, isAsked: false));

        var without = DutyWorld.CatalogOf(DutyWorld.Monthly with { Measures = [DutyWorld.Monthly.Measures[0]] });
        var closed = Assert.Single(await RoundAsync(at.AddMinutes(5), without, isAsked: false));

        Assert.Equal((fired.Key, AlertStep.Resolved), (closed.Key, closed.Step));
        Assert.Equal("Chỉ tiêu LC-A01.02 không còn trong danh mục", closed.Why);
    }

    [Fact]
    public async Task Round_TheSourceThatSomebodyOpenedAgainIsAskedNoMore_IsClosedByThat()
    {
        var at = DutyWorld.At("2026-05-06 08:00");
        await AskAsync(DutyWorld.Months, "2026-04", at, answered: null);
        await RoundAsync(at.AddMinutes(1), Monthly, isAsked: true);
        await AskAsync(DutyWorld.Months, "2026-04", at.AddMinutes(2), answered: at.AddMinutes(2));
        Assert.Single(await RoundAsync(at.AddMinutes(3), Monthly, isAsked: true), one => one.Step == AlertStep.Resolved);
        await OpenAgainAsync(Source, at.AddMinutes(4));
        Assert.Empty(await RoundAsync(at.AddMinutes(5), Monthly, isAsked: true)); // until it answers once more

        var closed = Assert.Single(await RoundAsync(at.AddMinutes(6), Monthly, isAsked: false));

        Assert.Equal((Source, AlertStep.Resolved, NotAsked), (closed.Key, closed.Step, closed.Why));
    }

    private Task<int> OpenAgainAsync(string key, DateTimeOffset at) =>
        Ledger.KeepAlertEventsAsync([new(key, 3, at, AlertStep.Reopened, "an", "chưa đúng")], null, Token);

    private async Task<DateTimeOffset> OweAprilAsync()
    {
        var plan = DutyWorld.Plan(Monthly);
        var april = plan.Of(DutyWorld.Months, Period.Parse("2026-04"), DutyWorld.At("2026-04-01"))
            .Where(one => one.Area != DutyWorld.Heir.Id)
            .ToList();
        await World.CreateAsync(april);
        return april[0].Times.Due;
    }

    private Task AskAsync(Duty duty, string period, DateTimeOffset at, DateTimeOffset? answered)
    {
        var failures = answered is null ? 3 : 0;
        var outcome = answered is null ? "HTTP 503" : "đủ";
        var asking = new Asking(
            "so-mot",
            Period.Parse(period),
            3,
            failures,
            at.AddHours(-1),
            at,
            answered,
            answered,
            at.AddHours(1),
            outcome
        );
        return World.Askings.SaveAskingsAsync(duty, [asking], null, Token);
    }

    private async Task<IReadOnlyList<AlertEvent>> RoundAsync(DateTimeOffset at, CatalogSnapshot catalog, bool isAsked)
    {
        var providers = AlertProviders.Of(catalog, Ledger, (_, _) => isAsked, (_, _) => isAsked, TestCatalog.Zone);
        return (await new AlertStage(Ledger, providers, AlertWorld.Round).RunAsync(at, null, Token)).Events;
    }

    private async Task<Alert> FindAsync(string key) => Assert.Single(await Ledger.FindAlertsAsync([key], Token));

    private async Task<IReadOnlyList<string>> ToldAsync() =>
        [.. (await Ledger.ReadAlertsAsync(AlertQuery.Live, Token)).Where(alert => alert.IsTold).Select(alert => alert.Key)];

    private static Finding Found()
    {
        var place = Place.Of(DutyWorld.Set(DutyWorld.Monthly), DutyWorld.Growth);
        var value = PrintedNumber.Of(1m, DutyWorld.Growth);
        return new()
        {
            Kind = CheckKind.Sources,
            Verdict = FindingVerdict.Contradiction,
            Set = DutyWorld.SetCode,
            Indicator = DutyWorld.Monthly.Code,
            Place = place,
            Subject = "",
            Area = DutyWorld.One.Id,
            Period = Period.Parse("2026-04"),
            Stated = value,
            Source = "forms",
            Inputs = [new(place, value, Source: "narrative")],
            Recomputed = 2m,
            Difference = -1m,
        };
    }
}
