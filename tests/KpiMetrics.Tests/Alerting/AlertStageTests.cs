using KpiMetrics.Core.Alerting;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Alerting;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Tests.Ledger;
using KpiMetrics.Tests.Obligations;
using KpiMetrics.Tests.Support;
using static KpiMetrics.Tests.Alerting.AlertWorld;

namespace KpiMetrics.Tests.Alerting;

/// <summary>Rounds on a real ledger: what is late fires, what came closes it.</summary>
public sealed class AlertStageTests : IDisposable
{
    private readonly TempFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Run_ALateReport_FiresBecomesMissingAndIsClosedByTheValue()
    {
        var (ledger, due) = await AprilAsync();
        var stage = Stage(ledger);

        Assert.Equal((0, 0, 0), await RunAsync(stage, due));
        Assert.Equal((3, 0, 0), await RunAsync(stage, due.AddSeconds(1)));
        Assert.Equal((0, 0, 0), await RunAsync(stage, due.AddSeconds(2)));
        var one = (await LiveAsync(ledger)).Single(alert => alert.Concern.Area == DutyWorld.One.Id);
        Assert.Equal(
            ("lc/LC-A01/M/2026-04/02001@2025-07-01", "Quá hạn báo cáo: Chỉ số LC-A01, Xã Một, kỳ 2026-04 (Sở Một)", due),
            (one.Key, one.Concern.Title, one.Concern.Since)
        );

        Assert.Equal((0, 3, 0), await RunAsync(stage, due.AddDays(3).AddSeconds(1), escalated: 3));
        await ledger.ReportAsync(
            At(due.AddDays(3).AddHours(1)),
            DutyWorld.Months,
            "2026-04",
            DutyWorld.One.Id,
            [("LC-A01.01", 1)]
        );
        Assert.Equal((0, 0, 1), await RunAsync(stage, due.AddDays(3).AddHours(2)));

        var closed = Assert.Single(await Alerts(ledger).FindAlertsAsync([one.Key], Token));
        Assert.Equal(AlertState.Resolved, closed.State);
        Assert.StartsWith("Đã nhận đủ số liệu lúc ", closed.Evidence, StringComparison.Ordinal);
        Assert.Equal(2, (await LiveAsync(ledger)).Count);

        // Taken back: the same alert is open again.
        await ledger.ReportAsync(
            At(due.AddDays(3).AddHours(3)),
            DutyWorld.Months,
            "2026-04",
            DutyWorld.One.Id,
            [("LC-A01.01", null)]
        );
        Assert.Equal((1, 0, 0), await RunAsync(stage, due.AddDays(3).AddHours(4)));
        Assert.Equal(closed.Id, (await LiveAsync(ledger)).Single(alert => alert.Key == one.Key).Id);
    }

    [Fact]
    public async Task Run_WaivedOrExtended_IsClosedByWhoSaidSo()
    {
        var (ledger, due) = await AprilAsync();
        var stage = Stage(ledger);
        await RunAsync(stage, due.AddSeconds(1));
        var keys = (await ledger.AllAsync()).ConvertAll(ObligationKey.Of);
        var at = due.AddHours(1);
        await ledger.Obligations.ExemptAsync([keys[0]], new(ExemptionKind.Waiver, at, "an", "lũ quét"), Token);
        await ledger.Obligations.ExemptAsync(
            [keys[1]],
            new(ExemptionKind.Extension, at, "an", "mất điện", due.AddDays(9)),
            Token
        );
        await ledger.Obligations.VoidAsync([keys[2]], "thôi", at, null, Token);

        Assert.Equal((0, 0, 3), await RunAsync(stage, due.AddHours(2)));

        var evidence = (await Alerts(ledger).ReadAlertsAsync(new(), Token)).Select(alert => alert.Evidence ?? "").ToList();
        Assert.Equal(3, evidence.Count);
        Assert.Contains("Được miễn báo cáo: lũ quét (an)", evidence);
        Assert.Contains(evidence, one => one.StartsWith("Không còn phải báo cáo từ ", StringComparison.Ordinal));
        Assert.Contains(
            evidence,
            one =>
                one.StartsWith("Được gia hạn đến ", StringComparison.Ordinal)
                && one.EndsWith(": mất điện (an)", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Run_ASourceThatDoesNotAnswer_IsTheOneAlertThatIsTold()
    {
        var (ledger, due) = await AprilAsync();
        var stage = Stage(ledger, isPulled: true);
        var asked = new Asking("so-mot", Period.Parse("2026-04"), 3, 3, due.AddHours(-1), due, null, null, due, "HTTP 503");
        await ledger.Askings.SaveAskingsAsync(DutyWorld.Months, [asked], null, Token);

        Assert.Equal((4, 0, 0), await RunAsync(stage, due.AddSeconds(1)));
        var told = Assert.Single(await LiveAsync(ledger), alert => alert.IsTold);
        Assert.Equal(
            ("source:so-mot/lc", AlertSeverity.Critical, AlertAudience.Operations),
            (told.Key, told.Concern.Severity, told.Audience)
        );
        Assert.Equal("Nguồn so-mot không cung cấp được số liệu (1/1 nhiệm vụ): HTTP 503", told.Concern.Title);

        var answered = due.AddHours(1);
        await ledger.Askings.SaveAskingsAsync(
            DutyWorld.Months,
            [asked with { Failures = 0, FirstAnsweredAt = answered, AnsweredAt = answered, LastAskedAt = answered }],
            null,
            Token
        );
        await ledger.ReportAsync(At(answered), DutyWorld.Months, "2026-04", DutyWorld.One.Id, [("LC-A01.01", 1)]);
        Assert.Equal((0, 2, 2), await RunAsync(stage, answered.AddMinutes(1)));

        Assert.All(await LiveAsync(ledger), alert => Assert.True(alert.IsTold)); // answered without them: the office's
    }

    [Fact]
    public async Task Run_OfficesThatSend_AreNeverHeldBackByASource()
    {
        var (ledger, due) = await AprilAsync();
        var asked = new Asking("so-mot", Period.Parse("2026-04"), 3, 3, due.AddHours(-1), due, null, null, due, "HTTP 503");
        await ledger.Askings.SaveAskingsAsync(DutyWorld.Months, [asked], null, Token);

        await RunAsync(Stage(ledger, isPulled: false), due.AddSeconds(1));

        Assert.Equal(4, (await LiveAsync(ledger)).Count(alert => alert.IsTold));
    }

    [Fact]
    public async Task Run_ByTwoAtOnce_FiresEachOnce()
    {
        var (ledger, due) = await AprilAsync();

        await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => Task.Run(() => Stage(ledger).RunAsync(due.AddSeconds(1), null, Token), Token))
        );

        foreach (var alert in await LiveAsync(ledger))
            Assert.Equal(AlertStep.Fired, Assert.Single(await Alerts(ledger).ReadAlertEventsAsync(alert.Key, Token)).Step);
        Assert.Equal(3, (await LiveAsync(ledger)).Count);
    }

    /// <summary>As a level that falls while a round is at work: who took the figure in closes its alert at once.</summary>
    [Fact]
    public async Task Run_AnotherClosesOneThatWasSeenAMomentAgo_DoesNotOpenItAgain()
    {
        var (ledger, due) = await AprilAsync();
        var seen = Outage("2026-05-05 08:00");
        await new AlertStage(Alerts(ledger), [new SeenAlerts(seen)], Round).RunAsync(due, null, Token);
        Task CloseAsync() =>
            Alerts(ledger)
                .KeepAlertEventsAsync([new(seen.Key, 2, due, AlertStep.Resolved, AlertLife.Engine, "đã trả lời")], null, Token);

        var overtaken = new AlertStage(Alerts(ledger), [new SeenAlerts(seen) { Meanwhile = CloseAsync }], Round);
        Assert.Equal((0, 0, 0), await RunAsync(overtaken, due.AddSeconds(10)));

        Assert.Equal(AlertState.Resolved, Assert.Single(await Alerts(ledger).FindAlertsAsync([seen.Key], Token)).State);
    }

    [Fact]
    public async Task ReadDigests_AroundTheMorning_AreThereForFourHours()
    {
        var (ledger, due) = await AprilAsync();
        var catalog = DutyWorld.CatalogOf(DutyWorld.Monthly);
        var digests = new MorningDigests(catalog, (IAlertGrounds)ledger.Ledger, (_, _) => false, TestCatalog.Zone);
        var morning = Mornings.Last(due, catalog.Calendar, TestCatalog.Zone); // of the day on which it is due at 17:00

        Assert.Empty(await digests.ReadAsync([], morning.AddHours(4), Token));
        var reminded = await digests.ReadAsync([], morning, Token);
        Assert.Equal([DutyWorld.One.Id, DutyWorld.Two.Id, DutyWorld.Three.Id], reminded.Select(one => one.Area));
        Assert.All(reminded, one => Assert.Equal(("Sở Một", 1, 0), (one.Agency, one.Reminders.Count, one.Alerts.Count)));

        await RunAsync(Stage(ledger), due.AddSeconds(1));
        var next = morning.AddDays(1);
        while (Mornings.Last(next, catalog.Calendar, TestCatalog.Zone) != next)
            next = next.AddDays(1);
        var late = await digests.ReadAsync(await LiveAsync(ledger), next.AddHours(1), Token);
        Assert.Equal(3, late.Count);
        Assert.All(
            late,
            one => Assert.Equal(("Sở Một", 0, 1, next), (one.Agency, one.Reminders.Count, one.Alerts.Count, one.Morning))
        );
    }

    [Fact]
    public async Task ReadDigests_OfTheLastMorningBeforeTet_RemindOfWhatIsDueBeforeTheNextOne()
    {
        var due = DutyWorld.At("2026-02-22 17:00"); // the last of nine days off
        var ledger = new DutyLedger(await SqliteLedgers.CreateAsync(folder, "tet.db"));
        await ledger.CreateAsync(
            new Obligation(
                DutyWorld.Months,
                Period.Parse("2026-01"),
                DutyWorld.One.Id,
                Office,
                new(due.AddDays(-20), due, TimeSpan.FromDays(2), TimeSpan.FromDays(3), "test"),
                ["LC-A01.01"],
                due.AddDays(-30)
            )
        );
        Area[] areas = [DutyWorld.Country, DutyWorld.Province, DutyWorld.One];
        var catalog = new CatalogSnapshot([DutyWorld.Set(DutyWorld.Monthly)], areas, VietNam.Calendar);

        var digests = new MorningDigests(catalog, (IAlertGrounds)ledger.Ledger, (_, _) => false, TestCatalog.Zone);
        var told = Assert.Single(await digests.ReadAsync([], DutyWorld.At("2026-02-13 07:30"), Token));

        Assert.Equal((Office, due), (told.Agency, Assert.Single(told.Reminders).Due));
    }

    [Theory]
    [InlineData("identity-sum", AlertKind.Contradiction)]
    [InlineData("reconcile-months", AlertKind.Contradiction)]
    [InlineData("not-computable", AlertKind.Contradiction)]
    [InlineData("sources-differ", AlertKind.Disagreement)]
    [InlineData("unit-slip", AlertKind.Anomaly)]
    public void KindOf_AFinding_IsByItsCode(string code, AlertKind kind) => Assert.Equal(kind, FindingAlerts.KindOf(code));

    private async Task<(DutyLedger Ledger, DateTimeOffset Due)> AprilAsync()
    {
        var ledger = new DutyLedger(await SqliteLedgers.CreateAsync(folder, $"{Guid.NewGuid():N}.db"));
        var plan = DutyWorld.Plan(DutyWorld.CatalogOf(DutyWorld.Monthly));
        var april = plan.Of(DutyWorld.Months, Period.Parse("2026-04"), DutyWorld.At("2026-04-01"))
            .Where(one => one.Area != DutyWorld.Heir.Id)
            .ToList();
        await ledger.CreateAsync(april);
        return (ledger, april[0].Times.Due);
    }

    private static AlertStage Stage(DutyLedger ledger, bool isPulled = false) =>
        new(
            Alerts(ledger),
            AlertProviders.Of(
                DutyWorld.CatalogOf(DutyWorld.Monthly),
                (ILedgerStore)ledger.Ledger,
                (_, _) => isPulled,
                (_, _) => true,
                TestCatalog.Zone
            ),
            Round
        );

    private static IAlerts Alerts(DutyLedger ledger) => (IAlerts)ledger.Ledger;

    private static Task<IReadOnlyList<Alert>> LiveAsync(DutyLedger ledger) =>
        Alerts(ledger).ReadAlertsAsync(AlertQuery.Live, Token);

    private static async Task<(int Fired, int Changed, int Resolved)> RunAsync(
        AlertStage stage,
        DateTimeOffset at,
        int escalated = 0
    )
    {
        var kept = await stage.RunAsync(at, null, Token);
        return (kept.Fired, kept.Changed - escalated, kept.Resolved);
    }

    private static string At(DateTimeOffset at) =>
        at.ToOffset(TimeSpan.FromHours(7)).ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Sees one thing, after which something happens.</summary>
    private sealed class SeenAlerts(Concern seen) : IAlertProvider
    {
        public Func<Task> Meanwhile { get; init; } = () => Task.CompletedTask;

        public bool Knows(AlertKind kind) => kind == seen.Kind;

        public async Task<IReadOnlyList<Concern>> ReadAsync(string set, DateTimeOffset at, CancellationToken cancellationToken)
        {
            await Meanwhile();
            return [seen];
        }

        public Task<IReadOnlyDictionary<string, Evidence>> FindEvidenceAsync(
            IReadOnlyCollection<Alert> unseen,
            DateTimeOffset at,
            CancellationToken cancellationToken
        ) => Task.FromResult(NoEvidence);
    }
}
