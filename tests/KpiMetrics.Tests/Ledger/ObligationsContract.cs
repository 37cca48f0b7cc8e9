using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Claims;
using static KpiMetrics.Tests.Obligations.DutyWorld;

namespace KpiMetrics.Tests.Ledger;

/// <summary>What every ledger must do with obligations, whatever it is kept in.</summary>
public abstract class ObligationsContract
{
    private const string Measure = "LC-A01.01";
    private const string Second = "LC-A01.03";
    private static readonly string Area = One.Id;
    private static readonly DateTimeOffset Late = At("2026-12-31");

    // Due 5 March 17:00.
    private static readonly Obligation February = Plan(CatalogOf(Monthly))
        .Of(Months, Period.Parse("2026-02"), At("2026-01-01"))
        .First() with
    {
        Needs = [Measure, Second],
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A new, empty, migrated ledger that keeps obligations, askings and emergencies too.</summary>
    protected abstract Task<ILedger> CreateAsync();

    [Fact]
    public async Task Create_Twice_IsThereOnceAsItWasGiven()
    {
        var ledger = await OpenAsync();

        Assert.Equal((1, 0), (await ledger.CreateAsync(February), await ledger.CreateAsync(February)));

        var read = await ledger.OneAsync();
        Assert.Equal(February.Times, read.Times);
        Assert.Equal(
            (February.Duty, February.Period, February.Area, February.Agency, February.CreatedAt, 0),
            (read.Duty, read.Period, read.Area, read.Agency, read.CreatedAt, read.Parts)
        );
        Assert.Equal(February.Needs, read.Needs);
        Assert.Equal(February.Needs, read.Lacks);
        Assert.Equal((null, null, null, null), (read.FirstAt, read.CompleteAt, read.VoidAt, read.Whole));
    }

    [Fact]
    public async Task Create_AgainUnderOtherRulesOnceItWasDue_KeepsWhatWasFrozen()
    {
        var ledger = await OpenAsync();
        await ledger.CreateAsync(February);

        var other = February.Times with { Due = At("2026-03-20"), Rule = "khác" };
        var late = February.Times.Due.AddSeconds(1);
        await ledger.CreateAsync(February with { Times = other, Agency = "Sở Khác", Needs = [Measure], CreatedAt = late });

        var read = await ledger.OneAsync();
        Assert.Equal((February.Times, February.Agency), (read.Times, read.Agency));
        Assert.Equal(2, read.Needs.Count);
    }

    [Fact]
    public async Task Create_AgainUnderOtherRulesBeforeItIsDue_OnlyItsInstantsAreFrozen()
    {
        var ledger = await OpenAsync();
        await ledger.CreateAsync(February);
        await ledger.ReportAsync("2026-03-02", Months, "2026-02", Area, [(Measure, 1m)]);

        var other = February.Times with { Due = At("2026-03-20"), Rule = "khác" };
        await ledger.CreateAsync(February with { Times = other, Agency = "Sở Khác", Needs = [Measure] });

        var read = await ledger.OneAsync();
        Assert.Equal((February.Times, February.CreatedAt, "Sở Khác"), (read.Times, read.CreatedAt, read.Agency));
        Assert.Equal([Measure], read.Needs);
        Assert.Empty(read.Lacks);
        Assert.Equal(At("2026-03-02"), read.CompleteAt);
    }

    [Fact]
    public async Task Create_FiguresWereThereBefore_TheyCount()
    {
        var ledger = await OpenAsync();
        await ledger.ReportAsync("2026-03-02", Months, "2026-02", Area, [(Measure, 1m), (Second, 0m)]);

        await ledger.CreateAsync(February);

        var read = await ledger.OneAsync();
        Assert.Empty(read.Lacks);
        Assert.Equal((At("2026-03-02"), At("2026-03-02")), (read.FirstAt, read.CompleteAt));
    }

    [Fact]
    public async Task Create_RemembersHowFarEachDutyIsPlannedByWhichPlan()
    {
        var ledger = await OpenAsync();
        var planned = new Dictionary<Duty, Period> { [Months] = Period.Parse("2026-02") };
        await ledger.Obligations.CreateAsync([February], planned, null, Token);

        Assert.Empty(await ledger.Obligations.ReadPlannedAsync("a", Token));
        await ledger.Obligations.AdoptPlanAsync("a", null, Token);
        Assert.Equal(planned, await ledger.Obligations.ReadPlannedAsync("a", Token));
        Assert.Empty(await ledger.Obligations.ReadPlannedAsync("b", Token));
    }

    [Fact]
    public async Task Report_MeasuresOneAfterTheOther_IsPartialThenComplete()
    {
        var ledger = await OpenAsync();
        await ledger.CreateAsync(February);

        await ledger.ReportAsync("2026-03-02", Months, "2026-02", Area, [(Measure, 1m)]);
        var partial = await ledger.OneAsync();
        await ledger.ReportAsync("2026-03-06", Months, "2026-02", Area, [(Second, 1m)]);
        var complete = await ledger.OneAsync();

        Assert.Equal([Second], partial.Lacks);
        Assert.Equal((ObligationState.Partial, true), (partial.StateAt(Late), partial.IsLateAt(Late)));
        Assert.Equal((At("2026-03-02"), At("2026-03-06")), (complete.FirstAt, complete.CompleteAt));
        Assert.Equal(ObligationState.ReceivedLate, complete.StateAt(Late));
        Assert.Equal(ObligationState.Partial, complete.StateAt(At("2026-03-05")));
    }

    [Fact]
    public async Task Report_OfAnotherPeriodAreaFrequencyOrMeasure_DoesNotCount()
    {
        var ledger = await OpenAsync();
        await ledger.CreateAsync(February);

        await ledger.ReportAsync("2026-03-02", Months, "2026-01", Area, [(Measure, 1m)]);
        await ledger.ReportAsync("2026-03-02", Months, "2026-02", Two.Id, [(Measure, 1m)]);
        await ledger.ReportAsync("2026-03-02", Months with { Frequency = Frequency.Quarter }, "2026-Q1", Area, [(Measure, 1m)]);
        await ledger.ReportAsync("2026-03-02", Months, "2026-02", Area, [("LC-A01.02", 1m)]);

        Assert.Equal(February.Needs, (await ledger.OneAsync()).Lacks);
    }

    [Fact]
    public async Task Report_OneSubjectOfSeveral_StandsForItsMeasure()
    {
        var ledger = await OpenAsync();
        await ledger.CreateAsync(February);
        await ledger.ReportAsync("2026-03-02", Months, "2026-02", Area, [(Measure + "/lua", 1m), (Second, 1m)]);
        await ledger.ReportAsync("2026-03-09", Months, "2026-02", Area, [(Measure + "/ngo", 1m)]);

        Assert.Equal(At("2026-03-02"), (await ledger.OneAsync()).CompleteAt);

        // One is withdrawn, the other still stands.
        await ledger.ReportAsync("2026-03-10", Months, "2026-02", Area, [(Measure + "/lua", null)]);
        Assert.Equal(At("2026-03-09"), (await ledger.OneAsync()).CompleteAt);
        await ledger.ReportAsync("2026-03-11", Months, "2026-02", Area, [(Measure + "/ngo", null)]);
        Assert.Equal([Measure], (await ledger.OneAsync()).Lacks);
    }

    [Fact]
    public async Task Report_ACorrectionOrARepetition_DoesNotMoveTheReceipt()
    {
        var ledger = await OpenAsync();
        await ledger.CreateAsync(February);
        await ledger.ReportAsync("2026-03-02", Months, "2026-02", Area, [(Measure, 1m), (Second, 1m)]);

        await ledger.ReportAsync("2026-03-20", Months, "2026-02", Area, [(Measure, 2m), (Second, 1m)]);
        await ledger.ReportAsync("2026-03-21", Months, "2026-02", Area, [(Measure, 2m)], source: "http");

        Assert.Equal(At("2026-03-02"), (await ledger.OneAsync()).CompleteAt);
    }

    [Fact]
    public async Task Report_Withdrawn_OpensItAgainUnlessAnotherSourceSaysIt()
    {
        var ledger = await OpenAsync();
        await ledger.CreateAsync(February);
        await ledger.ReportAsync("2026-03-02", Months, "2026-02", Area, [(Measure, 1m), (Second, 1m)]);
        await ledger.ReportAsync("2026-03-03", Months, "2026-02", Area, [(Second, 1m)], source: "http");

        await ledger.ReportAsync("2026-03-04", Months, "2026-02", Area, [(Measure, null), (Second, null)]);

        var read = await ledger.OneAsync();
        Assert.Equal([Measure], read.Lacks);
        Assert.Equal(ObligationState.Partial, read.StateAt(Late));
        Assert.Single(await ledger.Obligations.ReadOpenAsync(Months, Late, Token));
    }

    [Fact]
    public async Task Report_OnlyAWithdrawal_IsNothing()
    {
        var ledger = await OpenAsync();
        await ledger.CreateAsync(February);
        await ledger.ReportAsync("2026-03-02", Months, "2026-02", Area, [(Measure, null)]);

        Assert.Equal(ObligationState.Missing, (await ledger.OneAsync()).StateAt(Late));
    }

    [Fact]
    public async Task Report_HistoryEnteredLater_CountsWhenItWasReceived()
    {
        var ledger = await OpenAsync();
        await ledger.CreateAsync(February);
        await ledger.ReportAsync("2026-03-20", Months, "2026-02", Area, [(Measure, 1m), (Second, 1m)]);
        Assert.Equal(ObligationState.ReceivedLate, (await ledger.OneAsync()).StateAt(Late));

        await ledger.ReportAsync("2026-03-04", Months, "2026-02", Area, [(Measure, 1m), (Second, 1m)], stated: true);

        var read = await ledger.OneAsync();
        Assert.Equal(ObligationState.Received, read.StateAt(Late));
        Assert.Equal(ObligationState.Open, read.StateAt(At("2026-03-03T16:59")));
    }

    [Fact]
    public async Task Report_GivenUpBeforeItsCommit_LeavesNeitherFigureNorReceipt()
    {
        var ledger = await OpenAsync();
        await ledger.CreateAsync(February);

        await ledger.ReportAsync("2026-03-02", Months, "2026-02", Area, [(Measure, 1m), (Second, 1m)], commit: false);

        Assert.Null((await ledger.OneAsync()).FirstAt);
        await foreach (var _ in ledger.Ledger.ReadAsync(new(), Token))
            Assert.Fail("A figure is there.");
    }

    [Fact]
    public async Task Void_OpenOnes_AreGoneUntilCreatedAgainWithTheSameInstants()
    {
        var ledger = await OpenAsync();
        await ledger.CreateAsync(February);

        Assert.Equal(1, await ledger.Obligations.VoidAsync([ObligationKey.Of(February)], "vì", At("2026-02-10"), null, Token));
        Assert.Equal(0, await ledger.Obligations.VoidAsync([ObligationKey.Of(February)], "vì", At("2026-02-11"), null, Token));
        Assert.Empty(await ledger.AllAsync());
        Assert.Equal(At("2026-02-10"), Assert.Single(await ledger.AllAsync(new(WithVoid: true))).VoidAt);
        Assert.Empty(await ledger.Obligations.ReadOpenAsync(Months, Late, Token));

        var changed = February.Times with { Due = Late };
        await ledger.CreateAsync(February with { Times = changed });
        var read = await ledger.OneAsync();
        Assert.Equal((February.Times, null), (read.Times, read.VoidAt));
    }

    [Fact]
    public async Task Write_UnderALostClaim_ChangesNothing()
    {
        var ledger = await OpenAsync();
        var (obligations, claims) = (ledger.Obligations, (IClaims)ledger.Ledger);
        var planned = new Dictionary<Duty, Period> { [Months] = Period.Parse("2026-02") };
        var mine = await claims.TryTakeClaimAsync(ClaimNames.Obligations, "an", TimeSpan.FromMinutes(-1), _ => false, Token);
        Assert.NotNull(mine);
        Assert.Equal(1, await obligations.CreateAsync([February], planned, mine, Token));
        await obligations.AdoptPlanAsync("a", mine, Token);
        var theirs = await claims.TryTakeClaimAsync(ClaimNames.Obligations, "binh", TimeSpan.FromMinutes(1), _ => false, Token);
        Assert.NotNull(theirs);
        var march = February with { Period = Period.Parse("2026-03") };
        var further = new Dictionary<Duty, Period> { [Months] = march.Period };

        await Assert.ThrowsAsync<ClaimLostException>(() => obligations.CreateAsync([march], further, mine, Token));
        await Assert.ThrowsAsync<ClaimLostException>(() => obligations.AdoptPlanAsync("b", mine, Token));
        await Assert.ThrowsAsync<ClaimLostException>(() =>
            obligations.VoidAsync([ObligationKey.Of(February)], "vì", At("2026-02-10"), mine, Token)
        );

        var kept = await ledger.OneAsync();
        Assert.Equal((February.Period, null), (kept.Period, kept.VoidAt));
        Assert.Equal(planned, await obligations.ReadPlannedAsync("a", Token));
        Assert.Empty(await ledger.Ledger.ReadAuditAsync(10, Token));
        Assert.Equal(1, await obligations.VoidAsync([ObligationKey.Of(February)], "vì", At("2026-02-10"), theirs, Token));
        await Assert.ThrowsAsync<ClaimLostException>(() => obligations.CreateAsync([February], planned, mine, Token));
        Assert.Empty(await ledger.AllAsync());
    }

    [Fact]
    public async Task Void_WhatIsFulfilled_StaysAsItIs()
    {
        var ledger = await OpenAsync();
        await ledger.CreateAsync(February);
        await ledger.ReportAsync("2026-02-27", Months, "2026-02", Area, [(Measure, 1m), (Second, 1m)]);

        Assert.Equal(0, await ledger.Obligations.VoidAsync([ObligationKey.Of(February)], "vì", At("2026-02-28"), null, Token));
        Assert.Single(await ledger.AllAsync());
    }

    [Fact]
    public async Task Exempt_ExtensionAndWaiver_AreKeptInOrderAndAudited()
    {
        var ledger = await OpenAsync();
        await ledger.CreateAsync(February);
        var unknown = new ObligationKey(Months, Period.Parse("2030-01"), Area);

        var done = await ledger.Obligations.ExemptAsync(
            [ObligationKey.Of(February), unknown],
            new(ExemptionKind.Extension, At("2026-03-01"), "Sở Nội vụ", "bão số 3", At("2026-03-10T17:00")),
            Token
        );
        await ledger.Obligations.ExemptAsync(
            [ObligationKey.Of(February)],
            new(ExemptionKind.Waiver, At("2026-03-02"), "Sở Nội vụ", "xã bị ngập"),
            Token
        );

        Assert.Equal(1, done);
        var read = await ledger.OneAsync();
        Assert.Equal([ExemptionKind.Extension, ExemptionKind.Waiver], read.Exemptions.Select(exemption => exemption.Kind));
        Assert.Equal((At("2026-03-10T17:00"), "Sở Nội vụ", "bão số 3"), Of(read.Exemptions[0]));
        Assert.Equal(ObligationState.Waived, read.StateAt(At("2026-03-02")));
        Assert.Empty(await ledger.Obligations.ReadOpenAsync(Months, Late, Token));
        Assert.Empty(await ledger.AllAsync(new(OnlyOpen: true)));
        var audit = await ledger.Ledger.ReadAuditAsync(2, Token);
        Assert.All(audit, entry => Assert.Equal(("exemption", "Sở Nội vụ"), (entry.Action, entry.Actor)));
    }

    [Fact]
    public async Task Exempt_NoSuchObligation_LeavesNoAuditRow()
    {
        var ledger = await OpenAsync();
        var before = (await ledger.Ledger.ReadAuditAsync(10, Token)).Count;

        var done = await ledger.Obligations.ExemptAsync(
            [ObligationKey.Of(February)],
            new(ExemptionKind.Waiver, At("2026-03-02"), "a", "b"),
            Token
        );

        Assert.Equal((0, before), (done, (await ledger.Ledger.ReadAuditAsync(10, Token)).Count));
    }

    [Fact]
    public async Task ReadOpen_ExtensionTakenBack_HasTheFrozenDueInstantAgain()
    {
        var ledger = await OpenAsync();
        await ledger.CreateAsync(February);
        await ExemptAsync(ExemptionKind.Extension, "2026-03-01", "2026-03-10T17:00");
        Assert.Equal(At("2026-03-10T17:00"), await DueAsync());

        await ExemptAsync(ExemptionKind.NoExtension, "2026-03-02", null);
        Assert.Equal(At("2026-03-05T17:00"), await DueAsync());

        async Task<DateTimeOffset> DueAsync() => Assert.Single(await ledger.Obligations.ReadOpenAsync(Months, Late, Token)).DueAt;

        Task ExemptAsync(ExemptionKind kind, string at, string? until) =>
            ledger.Obligations.ExemptAsync(
                [ObligationKey.Of(February)],
                new(kind, At(at), "a", "b", until is null ? null : At(until)),
                Token
            );
    }

    [Fact]
    public async Task CountOpen_ByTheSecond_AgreesWithTheStates()
    {
        var ledger = await OpenAsync();
        await ledger.CreateAsync(February); // due 5 March 17:00, 3 days of grace
        Assert.Equal(new(0, 0), await ledger.Obligations.CountOpenAsync(At("2026-03-05T17:00:00.999"), Token));
        Assert.Equal(new(1, 0), await ledger.Obligations.CountOpenAsync(At("2026-03-05T17:00:01"), Token));
        Assert.Equal(new(1, 0), await ledger.Obligations.CountOpenAsync(At("2026-03-08T17:00:00.999"), Token));
        Assert.Equal(new(1, 1), await ledger.Obligations.CountOpenAsync(At("2026-03-08T17:00:01"), Token));
    }

    [Fact]
    public async Task Read_ByQuery_GivesWhatMatchesInOrderOfDutyPeriodAndArea()
    {
        var ledger = await OpenAsync();
        var plan = Plan(CatalogOf(Monthly, Hourly));
        // Created in no good order: areas get their numbers by it.
        await ledger.CreateAsync([.. plan.Of(Days, Period.Parse("2026-02-02"), Late).Reverse()]);
        await ledger.CreateAsync([.. plan.Of(Months, Period.Parse("2026-02"), Late)]);
        await ledger.CreateAsync([.. plan.Of(Months, Period.Parse("2026-01"), Late)]);

        var all = await ledger.AllAsync();
        Assert.Equal(
            all.OrderBy(one => one.Duty.Indicator, StringComparer.Ordinal)
                .ThenBy(one => one.Period.Start)
                .ThenBy(one => one.Area),
            all
        );
        Assert.Equal(12, all.Count);
        Assert.Equal(8, (await ledger.AllAsync(new(Indicator: "LC-A01"))).Count);
        Assert.Equal(4, (await ledger.AllAsync(new(Frequency: Frequency.Day))).Count);
        Assert.Equal(3, (await ledger.AllAsync(new(Areas: [Two.Id]))).Count);
        Assert.Empty(await ledger.AllAsync(new(Set: "khác")));
        // A month that begins before the day asked for is left out, a day of it is not.
        var days = await ledger.AllAsync(new(From: Period.Parse("2026-02-02")));
        Assert.All(days, one => Assert.Equal(Days, one.Duty));
        Assert.Equal(8, (await ledger.AllAsync(new(From: Period.Parse("2026-02"), To: Period.Parse("2026-02")))).Count);
        Assert.Equal(4, (await ledger.AllAsync(new(To: Period.Parse("2026-01")))).Count);
    }

    private static (DateTimeOffset?, string, string) Of(Exemption exemption) => (exemption.Until, exemption.Who, exemption.Why);

    private async Task<DutyLedger> OpenAsync() => new(await CreateAsync());
}
