using KpiMetrics.Core.Alerting;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Claims;
using KpiMetrics.Tests.Obligations;
using static KpiMetrics.Tests.Alerting.AlertWorld;

namespace KpiMetrics.Tests.Ledger;

/// <summary>What every ledger must do with alerts, whatever it is kept in.</summary>
public abstract class AlertsContract
{
    private static readonly Concern October = Late("2026-10", "2026-11-05 17:00");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A new, empty, migrated ledger.</summary>
    protected abstract Task<ILedger> CreateAsync();

    [Fact]
    public async Task Keep_EveryStepOfALife_IsTheAlertAndItsEvents()
    {
        var alerts = (IAlerts)await CreateAsync();
        var seen = October with { Measure = "LC-A01.01", Source = "so-mot", HeldBy = "source:so-mot/lc" };
        AlertEvent[] life =
        [
            Fired(seen),
            Next(2, AlertStep.Changed) with
            {
                Concern = seen with { HeldBy = null },
            },
            Next(3, AlertStep.Escalated) with
            {
                Audience = AlertAudience.Head,
            },
            Next(4, AlertStep.Acknowledged, "an"),
            Next(5, AlertStep.Explained, "binh") with
            {
                Why = "mất điện \"ba\" ngày",
                Link = "https://vi.du/1?a=b",
            },
            Next(6, AlertStep.Resolved) with
            {
                Why = "Đã nhận đủ",
            },
            Next(7, AlertStep.Reopened, "an"),
        ];
        for (var steps = 1; steps <= life.Length; steps++)
        {
            Assert.Equal(1, await alerts.KeepAlertEventsAsync([life[steps - 1]], null, Token));

            var kept = Assert.Single(await alerts.FindAlertsAsync([October.Key], Token));
            Assert.True(kept.Id > 0);
            Assert.Equal(AlertLife.Replay(life[..steps]), kept with { Id = 0 });
            Assert.Equal(life[..steps], await alerts.ReadAlertEventsAsync(October.Key, Token));
        }
    }

    [Fact]
    public async Task Keep_ThoseOfOneAlertTogether_AreKeptInTheirOrder()
    {
        var alerts = (IAlerts)await CreateAsync();

        Assert.Equal(
            3,
            await alerts.KeepAlertEventsAsync(
                [Fired(October), Next(2, AlertStep.Acknowledged, "an"), Next(3, AlertStep.Resolved)],
                null,
                Token
            )
        );

        Assert.Equal(AlertState.Resolved, Assert.Single(await alerts.FindAlertsAsync([October.Key], Token)).State);
    }

    [Fact]
    public async Task Keep_TwoDecidedOnTheSameState_KeepsTheFirst()
    {
        var alerts = (IAlerts)await CreateAsync();
        await alerts.KeepAlertEventsAsync([Fired(October)], null, Token);
        await alerts.KeepAlertEventsAsync([Next(2, AlertStep.Acknowledged, "an")], null, Token);

        Assert.Equal(0, await alerts.KeepAlertEventsAsync([Fired(October)], null, Token));
        Assert.Equal(
            0,
            await alerts.KeepAlertEventsAsync([Next(2, AlertStep.Resolved), Next(3, AlertStep.Reopened, "binh")], null, Token)
        );

        Assert.Equal(
            ["fired", "acknowledged"],
            (await alerts.ReadAlertEventsAsync(October.Key, Token)).Select(one => one.Step.Code())
        );
    }

    [Fact]
    public async Task Keep_ByManyAtOnce_KeepsEachNumberOnce()
    {
        var alerts = (IAlerts)await CreateAsync();
        var concerns = Enumerable.Range(0, 40).Select(n => October with { Key = $"lc/LC-A01/M/2026-10/{n % 10}" }).ToList();

        var kept = await Task.WhenAll(
            concerns.Select(concern => Task.Run(() => alerts.KeepAlertEventsAsync([Fired(concern)], null, Token), Token))
        );

        Assert.Equal(10, kept.Sum());
        Assert.Equal(10, (await alerts.ReadAlertsAsync(AlertQuery.Live, Token)).Count);
    }

    [Fact]
    public async Task Keep_UnderALostClaim_KeepsNothing()
    {
        var ledger = await CreateAsync();
        var alerts = (IAlerts)ledger;
        var claims = (IClaims)ledger;
        var mine = await claims.TryTakeClaimAsync(ClaimNames.Alerts, "an", TimeSpan.FromMinutes(-1), _ => false, Token);
        Assert.NotNull(mine);
        Assert.NotNull(await claims.TryTakeClaimAsync(ClaimNames.Alerts, "binh", TimeSpan.FromMinutes(1), _ => false, Token));

        await Assert.ThrowsAsync<ClaimLostException>(() => alerts.KeepAlertEventsAsync([Fired(October)], mine, Token));

        Assert.Empty(await alerts.ReadAlertsAsync(new(), Token));
    }

    [Fact]
    public async Task Keep_WhatAPersonDid_IsInTheAuditTrailAndWhatAWorkerDidIsNot()
    {
        var ledger = await CreateAsync();
        await ((IAlerts)ledger).KeepAlertEventsAsync(
            [Fired(October), Next(2, AlertStep.Acknowledged, "an") with { Why = "đang hỏi" }],
            null,
            Token
        );

        var entry = Assert.Single(await ledger.ReadAuditAsync(10, Token));
        Assert.Equal((Noon, "an", "alert-acknowledged"), (entry.At, entry.Actor, entry.Action));
        Assert.Contains(October.Key, entry.Details, StringComparison.Ordinal);
        Assert.Contains("đang hỏi", entry.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_ByWhatIsAsked_FindsTheWorstAndOldestFirst()
    {
        var alerts = (IAlerts)await CreateAsync();
        var missing = Late("2026-09", "2026-10-05 17:00", "Sở Hai", AlertKind.Missing);
        var older = Late("2026-08", "2026-09-05 17:00");
        var outage = Outage("2026-11-20 08:00") with { Set = "bn" };
        await alerts.KeepAlertEventsAsync([.. ((Concern[])[October, missing, older, outage]).Select(Fired)], null, Token);
        await alerts.KeepAlertEventsAsync(
            [new(older.Key, 2, Noon.AddHours(1), AlertStep.Resolved, AlertLife.Engine, "có")],
            null,
            Token
        );

        Assert.Equal([missing.Key, outage.Key, October.Key], await KeysAsync(AlertQuery.Live));
        Assert.Equal([missing.Key, outage.Key, older.Key, October.Key], await KeysAsync(new()));
        Assert.Equal([missing.Key], await KeysAsync(new(Limit: 1)));
        Assert.Equal([outage.Key], await KeysAsync(new(Set: "bn")));
        Assert.Equal([missing.Key], await KeysAsync(new(Agency: "Sở Hai")));
        Assert.Equal([missing.Key], await KeysAsync(new(Kind: AlertKind.Missing)));
        Assert.Equal([older.Key], await KeysAsync(new(States: [AlertState.Resolved])));
        Assert.Equal(await KeysAsync(new()), await KeysAsync(new(States: [])));
        Assert.Empty(await KeysAsync(new(States: [AlertState.Resolved], ResolvedSince: Noon.AddHours(2))));
        Assert.Equal([older.Key], await KeysAsync(new(States: [AlertState.Resolved], ResolvedSince: Noon)));
        var one = (await alerts.ReadAlertsAsync(new(Set: "bn"), Token))[0];
        Assert.Equal([outage.Key], await KeysAsync(new(Id: one.Id)));
        Assert.Empty(await alerts.FindAlertsAsync(["nix"], Token));
        Assert.Empty(await alerts.FindAlertsAsync([], Token));
        Assert.Empty(await alerts.ReadAlertEventsAsync("nix", Token));

        async Task<IEnumerable<string>> KeysAsync(AlertQuery query) =>
            (await alerts.ReadAlertsAsync(query, Token)).Select(alert => alert.Key);
    }

    [Fact]
    public async Task ReadDue_WhatIsOpen_IsWhatIsLateWithWhoDidNotAnswer()
    {
        var ledger = new DutyLedger(await CreateAsync());
        var grounds = (IAlertGrounds)ledger.Ledger;
        var catalog = DutyWorld.CatalogOf(DutyWorld.Monthly);
        var plan = DutyWorld.Plan(catalog);
        var april = plan.Of(DutyWorld.Months, Period.Parse("2026-04"), DutyWorld.At("2026-04-01"));
        await ledger.CreateAsync([.. april.Where(one => one.Area != DutyWorld.Heir.Id)]);
        var all = await ledger.AllAsync();
        var due = all[0].Times.Due;
        await ledger.Obligations.ExemptAsync([ObligationKey.Of(all[0])], new(ExemptionKind.Waiver, due, "an", "lũ"), Token);
        await ledger.Obligations.ExemptAsync(
            [ObligationKey.Of(all[1])],
            new(ExemptionKind.Extension, due, "an", "lũ", due.AddDays(2)),
            Token
        );
        var asked = new Asking(
            "so-mot",
            Period.Parse("2026-04"),
            1,
            1,
            due.AddHours(-1),
            due,
            null,
            null,
            due.AddHours(1),
            "503"
        );
        await ledger.Askings.SaveAskingsAsync(DutyWorld.Months, [asked], null, Token);

        Assert.Empty(await grounds.ReadDueAsync(null, null, due.AddSeconds(-1), Token));
        Assert.Empty(await grounds.ReadDueAsync("other", null, due, Token));
        Assert.Equal([DutyWorld.Months.Set], await ((IAlerts)ledger.Ledger).ReadAlertSetsAsync(Token));
        var late = Assert.Single(await grounds.ReadDueAsync(DutyWorld.Months.Set, null, due, Token));
        Assert.Equal(
            (DutyWorld.Months, "2026-04", all[2].Area, "Sở Một", due, all[2].Times.Grace, all[2].Times.Lead, null, "so-mot"),
            (
                late.Duty,
                late.Period.ToString(),
                late.Area,
                late.Agency,
                late.Due,
                late.Grace,
                late.Lead,
                late.FirstAt,
                late.Unanswered
            )
        );
        Assert.Equal(due.AddDays(2), Assert.Single(await grounds.ReadDueAsync(null, due, due.AddDays(2), Token)).Due);

        await ledger.Askings.SaveAskingsAsync(
            DutyWorld.Months,
            [asked with { FirstAnsweredAt = due.AddHours(2), AnsweredAt = due.AddHours(2), Failures = 0 }],
            null,
            Token
        );
        Assert.Null(Assert.Single(await grounds.ReadDueAsync(null, null, due, Token)).Unanswered);
    }

    [Fact]
    public async Task ReadAskedDuties_OfSeveralSources_SaysOfEachSinceWhenAndHow()
    {
        var ledger = new DutyLedger(await CreateAsync());
        var grounds = (IAlertGrounds)ledger.Ledger;
        Assert.Empty(await grounds.ReadAskedDutiesAsync(Token));
        await AskAsync("so-mot", "2026-09", 0, Noon, Noon, "đủ");
        Assert.Null(Assert.Single(await grounds.ReadAskedDutiesAsync(Token)).Fault);
        await AskAsync("so-mot", "2026-10", 2, Noon.AddHours(1), null, "HTTP 503");
        await AskAsync("so-hai", "2026-10", 1, Noon.AddHours(2), null, "không trả lời");

        Assert.Equal(
            [
                new AskedDuty(
                    "so-hai",
                    DutyWorld.Months,
                    Noon.AddHours(2).AddMinutes(-5),
                    Noon.AddHours(2),
                    null,
                    "không trả lời"
                ),
                new AskedDuty("so-mot", DutyWorld.Months, Noon.AddMinutes(-5), Noon.AddHours(1), Noon, "HTTP 503"),
            ],
            await grounds.ReadAskedDutiesAsync(Token)
        );

        Task AskAsync(string source, string period, int failures, DateTimeOffset at, DateTimeOffset? answered, string outcome) =>
            ledger.Askings.SaveAskingsAsync(
                DutyWorld.Months,
                [
                    new(
                        source,
                        Period.Parse(period),
                        3,
                        failures,
                        at.AddMinutes(-5),
                        at,
                        answered,
                        answered,
                        at.AddHours(9),
                        outcome
                    ),
                ],
                null,
                Token
            );
    }

    private static AlertEvent Fired(Concern concern) =>
        new(concern.Key, 1, Noon, AlertStep.Fired, AlertLife.Engine, concern.Title)
        {
            Concern = concern,
            Audience = AlertAudience.Office,
        };

    private static AlertEvent Next(int number, AlertStep step, string who = AlertLife.Engine) =>
        new(October.Key, number, Noon, step, who, "lý do");
}
