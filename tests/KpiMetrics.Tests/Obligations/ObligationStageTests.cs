using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Claims;
using KpiMetrics.Pipeline.Obligations;
using KpiMetrics.Tests.Ledger;
using KpiMetrics.Tests.Support;
using static KpiMetrics.Tests.Obligations.DutyWorld;

namespace KpiMetrics.Tests.Obligations;

public sealed class ObligationStageTests : IDisposable
{
    private readonly TempFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Run_Twice_CreatesEachOnceAndAhead()
    {
        var (ledger, stage) = await StartAsync(Monthly);

        var first = await RunAsync(stage, "2026-03-01");
        var again = await RunAsync(stage, "2026-03-01T00:01");

        // January to March, and April, whose window opens within 45 days.
        Assert.Equal((new(16, 0), new(0, 0)), (first, again));
        Assert.Equal(4, Periods(await ledger.AllAsync()).Count);
    }

    [Fact]
    public async Task Run_ByAnotherProcessOrAfterDays_CreatesWhatIsLackingAndNothingElse()
    {
        var (ledger, stage) = await StartAsync(Indicator("LC-D01", [Frequency.Day]));
        await RunAsync(stage, "2026-02-01");
        var before = (await ledger.AllAsync()).Count;

        var later = await RunAsync(Stage(ledger, CatalogOf(Indicator("LC-D01", [Frequency.Day]))), "2026-02-15");
        var same = await RunAsync(stage, "2026-02-15");

        Assert.Equal((new(14 * 4, 0), new(0, 0)), (later, same));
        var all = await ledger.AllAsync();
        Assert.Equal(before + 14 * 4, all.Count);
        Assert.Equal(all.Count, all.Select(ObligationKey.Of).Distinct().Count());
        Assert.Equal("2026-02-16", all[^1].Period.ToString()); // opens within two days
    }

    [Fact]
    public async Task Run_CatalogRetiresAnIndicator_VoidsWhatIsNotDueAndLeavesWhatWas()
    {
        var (ledger, stage) = await StartAsync(Monthly);
        await RunAsync(stage, "2026-03-06"); // January and February were due
        var frozen = await ledger.AllAsync();

        var retired = Stage(ledger, CatalogOf(Monthly with { To = new(2026, 1, 15) }), "retired");
        Assert.Equal(new(0, 8), await RunAsync(retired, "2026-03-06T12:00"));
        Assert.Equal(["2026-01", "2026-02"], Periods(await ledger.AllAsync()));
        Assert.Equal(default, await RunAsync(retired, "2026-03-06T12:01"));

        // Back again: the same obligations with the same instants.
        await RunAsync(Stage(ledger, CatalogOf(Monthly), "back"), "2026-03-06T13:00");
        var back = await ledger.AllAsync();
        Assert.Equal(
            frozen.Select(one => (ObligationKey.Of(one), one.Times, one.CreatedAt)),
            back.Select(one => (ObligationKey.Of(one), one.Times, one.CreatedAt))
        );
    }

    [Fact]
    public async Task Run_DueRulesChange_LeavesWhatIsCreatedAsItWas()
    {
        var (ledger, stage) = await StartAsync(Monthly);
        await RunAsync(stage, "2026-01-05");
        var set = Set(Monthly);
        set = set with { Regime = [set.Regime[0] with { Due = DueRules.LastDayOfPeriod }] };

        Assert.Equal(default, await RunAsync(Stage(ledger, CatalogOf(set), "other"), "2026-01-05"));
        await RunAsync(Stage(ledger, CatalogOf(set), "other"), "2026-02-20");

        var due = (await ledger.AllAsync(new(Areas: [One.Id]))).ToDictionary(one => $"{one.Period}", one => one.Times.Due);
        Assert.Equal(At("2026-02-05T17:00"), due["2026-01"]);
        Assert.Equal(At("2026-03-31T23:59:59"), due["2026-03"]);
    }

    [Fact]
    public async Task Run_KilledBeforeThePlanWasAdopted_DoesTheRestNextTime()
    {
        var (ledger, stage) = await StartAsync(Monthly);
        await RunAsync(stage, "2026-03-06");
        // A process with the next catalog came as far as creating, not as far as making void.
        var next = CatalogOf(Monthly with { To = new(2026, 1, 15) });
        var ahead = new Dictionary<Duty, Period> { [Months] = Period.Parse("2026-04") };
        await ledger.Obligations.CreateAsync([], ahead, null, Token);

        Assert.Equal(new(0, 8), await RunAsync(Stage(ledger, next, "next"), "2026-03-06T12:00"));
    }

    [Theory]
    [InlineData("2026-02-01T02:00", 2)]
    [InlineData("2026-02-01T02:20", 3)]
    public async Task Run_EmergencyDeclared_ObligesFromTheHourItBeginsInAndExpires(string declared, int hoursAhead)
    {
        var (ledger, stage) = await StartAsync(Hourly, Monthly);
        await RunAsync(stage, declared);
        await DeclareAsync(ledger, declared, "2026-02-01T06:00", One, Two, Three);

        Assert.Equal(new(3 * hoursAhead, 0), await RunAsync(stage, declared));
        for (var at = At(declared); at < At("2026-02-01T12:00"); at = at.AddMinutes(1))
            await stage.RunAsync(at, null, null, Token);

        var hours = await HoursAsync(ledger);
        Assert.Equal(["2026-02-01T02", "2026-02-01T03", "2026-02-01T04", "2026-02-01T05"], Periods(hours));
        Assert.Equal([One.Id, Two.Id, Three.Id], hours.Select(hour => hour.Area).Distinct());
        Assert.Equal(12, hours.Count);
        Assert.Empty(await ledger.Emergencies.ReadUnplannedAsync(Token));
    }

    [Fact]
    public async Task Run_EmergencyStopped_VoidsWhatIsNotDueAndLeavesWhatWas()
    {
        var (ledger, stage) = await StartAsync(Hourly);
        await RunAsync(stage, "2026-02-01T02:00");
        var storm = await DeclareAsync(ledger, "2026-02-01T02:00", "2026-02-02T02:00", One);
        await RunAsync(stage, "2026-02-01T02:00");
        await RunAsync(stage, "2026-02-01T04:20"); // 02 was due at 03:15, 03 at 04:15

        await EndAsync(ledger, storm, "2026-02-01T04:20", "2026-02-01T04:20");
        await RunAsync(stage, "2026-02-01T04:20");
        await RunAsync(stage, "2026-02-01T04:21");

        // The hour in which it is stopped was in it for twenty minutes.
        Assert.Equal(["2026-02-01T02", "2026-02-01T03", "2026-02-01T04"], Periods(await HoursAsync(ledger)));
        Assert.Empty(await ledger.Emergencies.ReadUnplannedAsync(Token));
    }

    [Fact]
    public async Task Run_EmergencyShortenedAndExtendedAgain_ObligesEveryHour()
    {
        var (ledger, stage) = await StartAsync(Hourly);
        await RunAsync(stage, "2026-02-01T02:00");
        var storm = await DeclareAsync(ledger, "2026-02-01T02:00", "2026-02-01T12:00", One);
        await RunAsync(stage, "2026-02-01T02:00"); // 02 and 03 are planned
        await EndAsync(ledger, storm, "2026-02-01T03:00", "2026-02-01T02:10");
        await RunAsync(stage, "2026-02-01T02:10");
        Assert.Equal(["2026-02-01T02"], Periods(await HoursAsync(ledger)));

        await EndAsync(ledger, storm, "2026-02-01T06:00", "2026-02-01T02:20");
        await RunAsync(stage, "2026-02-01T02:20");
        await RunAsync(stage, "2026-02-01T05:30");

        Assert.Equal(["2026-02-01T02", "2026-02-01T03", "2026-02-01T04", "2026-02-01T05"], Periods(await HoursAsync(ledger)));
    }

    [Fact]
    public async Task Run_TwoEmergenciesOverlap_OneStopsAndTheOtherHolds()
    {
        var (ledger, stage) = await StartAsync(Hourly);
        await RunAsync(stage, "2026-02-01T02:00");
        var first = await DeclareAsync(ledger, "2026-02-01T02:00", "2026-02-01T12:00", One, Two);
        await DeclareAsync(ledger, "2026-02-01T02:00", "2026-02-01T12:00", One);
        Assert.Equal(4, (await RunAsync(stage, "2026-02-01T02:00")).Created);

        await EndAsync(ledger, first, "2026-02-01T02:10", "2026-02-01T02:10");
        await RunAsync(stage, "2026-02-01T02:10");

        var hours = await HoursAsync(ledger);
        Assert.Equal(
            ["2026-02-01T02 02001", "2026-02-01T02 02002", "2026-02-01T03 02001", "2026-02-01T04 02001"],
            hours.Select(hour => $"{hour.Period} {hour.Area[..5]}")
        );
    }

    [Fact]
    public async Task Run_ByANewProcessAfterTheEmergencyWasOver_CreatesItsHoursAndForgetsIt()
    {
        var (ledger, stage) = await StartAsync(Hourly);
        await RunAsync(stage, "2026-02-01T02:00");
        await DeclareAsync(ledger, "2026-02-01T02:00", "2026-02-01T08:00", Province);
        await RunAsync(stage, "2026-02-01T02:00"); // and then killed for a day

        var other = Stage(ledger, CatalogOf(Hourly));
        await RunAsync(other, "2026-02-02T02:00");
        await RunAsync(other, "2026-02-02T02:01");

        var hours = await HoursAsync(ledger);
        Assert.Equal(6 * 4, hours.Count);
        Assert.Equal(hours.Count, hours.Select(ObligationKey.Of).Distinct().Count());
        Assert.Empty(await ledger.Emergencies.ReadUnplannedAsync(Token));
    }

    [Fact]
    public async Task Run_EmergencyOverLongAgo_ItsHoursAreAskedForWhileSomeAreMissing()
    {
        var (ledger, stage) = await StartAsync(Hourly);
        await RunAsync(stage, "2026-02-01T02:00");
        await DeclareAsync(ledger, "2026-02-01T02:00", "2026-02-01T03:00", One);
        await RunAsync(stage, "2026-02-01T02:00"); // and then killed for three days

        await RunAsync(stage, "2026-02-04T02:00");
        Assert.Equal([Hours], stage.Hourly);
        await ledger.ReportAsync("2026-02-04T02:01", Hours, "2026-02-01T02", One.Id, [("LC-C01.01", 1), ("LC-C01.02", 1)]);
        await RunAsync(stage, "2026-02-04T02:01");
        Assert.Empty(stage.Hourly);
    }

    [Fact]
    public async Task Run_EmergencyOverWithHoursThatNeverCame_IsGivenUpInTheEnd()
    {
        var (ledger, stage) = await StartAsync(Hourly);
        await RunAsync(stage, "2026-02-01T02:00");
        await DeclareAsync(ledger, "2026-02-01T02:00", "2026-02-01T03:00", One);

        await RunAsync(stage, "2026-02-16T02:00");

        Assert.Single(await HoursAsync(ledger));
        Assert.Empty(stage.Hourly);
    }

    [Fact]
    public async Task Run_EmergencyStoppedBeforeItBegan_ObligesNothing()
    {
        var (ledger, stage) = await StartAsync(Hourly);
        await RunAsync(stage, "2026-02-01T02:00");
        var storm = await DeclareAsync(ledger, "2026-02-01T02:50", "2026-02-01T12:00", One);
        await RunAsync(stage, "2026-02-01T02:05");
        await EndAsync(ledger, storm, "2026-02-01T02:10", "2026-02-01T02:10");
        await RunAsync(stage, "2026-02-01T02:10");
        await RunAsync(stage, "2026-02-01T02:51");

        Assert.Empty(await HoursAsync(ledger));
        Assert.Empty(stage.Hourly);
    }

    [Fact]
    public async Task Run_EmergencyExtendedWhileItsEndIsNoticed_IsPlannedToItsNewEnd()
    {
        var (ledger, stage) = await StartAsync(Hourly);
        await RunAsync(stage, "2026-02-01T02:00");
        var storm = await DeclareAsync(ledger, "2026-02-01T02:00", "2026-02-01T03:00", One);
        await EndAsync(ledger, storm, "2026-02-01T05:00", "2026-02-01T02:59");
        await ledger.Emergencies.FinishEmergencyAsync(storm, Token); // by who read it before

        await RunAsync(stage, "2026-02-01T04:00");

        Assert.Equal(["2026-02-01T02", "2026-02-01T03", "2026-02-01T04"], Periods(await HoursAsync(ledger)));
    }

    [Fact]
    public async Task Run_MovedToAnotherAgencyOrMeasuresAdded_HoldsForWhatIsNotDueYet()
    {
        var (ledger, stage) = await StartAsync(Monthly);
        await RunAsync(stage, "2026-03-06"); // January and February were due, March and April are there
        var next = Monthly with
        {
            Agency = "Sở Mới",
            Was = [new(new(2026, 3, 31), null, "Sở Một", [])],
            Measures = [.. Monthly.Measures, Measure("LC-A01.03") with { From = new(2026, 4, 1) }],
        };

        await RunAsync(Stage(ledger, CatalogOf(next), "next"), "2026-03-07");

        var all = (await ledger.AllAsync(new(Areas: [One.Id]))).ToDictionary(one => $"{one.Period}");
        Assert.Equal(("Sở Một", "LC-A01.01"), (all["2026-03"].Agency, string.Join(' ', all["2026-03"].Needs)));
        Assert.Equal(("Sở Mới", "LC-A01.01 LC-A01.03"), (all["2026-04"].Agency, string.Join(' ', all["2026-04"].Lacks)));
    }

    [Fact]
    public async Task Run_MovedToAnotherAgencyAfterwards_LeavesWhatWasDue()
    {
        var (ledger, stage) = await StartAsync(Monthly);
        await RunAsync(stage, "2026-03-06");

        await RunAsync(Stage(ledger, CatalogOf(Monthly with { Agency = "Sở Mới" }), "next"), "2026-03-07");

        var all = (await ledger.AllAsync(new(Areas: [One.Id]))).ToDictionary(one => $"{one.Period}", one => one.Agency);
        Assert.Equal(("Sở Một", "Sở Một", "Sở Mới"), (all["2026-01"], all["2026-02"], all["2026-03"]));
    }

    [Fact]
    public async Task Run_SinceMovesOn_LeavesWhatIsObligedAlready()
    {
        var quarterly = Indicator("LC-Q01", [Frequency.Quarter]);
        var (ledger, stage) = await StartAsync(quarterly);
        await RunAsync(stage, "2026-01-10");
        var before = (await ledger.AllAsync()).Count;
        var later = new ObligationStage(
            CatalogOf(quarterly),
            "a, since 2026-01-02",
            new(2026, 1, 2),
            ledger.Obligations,
            ledger.Emergencies,
            TestCatalog.Zone
        );

        Assert.Equal(0, (await RunAsync(later, "2026-01-10T01:00")).Voided);
        Assert.Equal(before, (await ledger.AllAsync()).Count);
    }

    [Fact]
    public async Task Run_EmergencyDeclaredForLater_BeginsThen()
    {
        var (ledger, stage) = await StartAsync(Hourly);
        await RunAsync(stage, "2026-02-01T02:00");
        await DeclareAsync(ledger, "2026-02-01T20:00", "2026-02-01T22:00", One);

        Assert.Equal(0, (await RunAsync(stage, "2026-02-01T02:01")).Created);
        await RunAsync(stage, "2026-02-01T19:00");

        Assert.Equal(["2026-02-01T20"], Periods(await HoursAsync(ledger)));
    }

    [Fact]
    public async Task Run_CatalogChangesInAnEmergency_KeepsItsHours()
    {
        var (ledger, stage) = await StartAsync(Hourly);
        await RunAsync(stage, "2026-02-01T02:00");
        await DeclareAsync(ledger, "2026-02-01T02:00", "2026-02-01T08:00", One);
        await RunAsync(stage, "2026-02-01T02:00");

        var changes = await RunAsync(Stage(ledger, CatalogOf(Hourly, Monthly), "next"), "2026-02-01T02:05");

        Assert.Equal(0, changes.Voided);
        Assert.Equal(["2026-02-01T02", "2026-02-01T03", "2026-02-01T04"], Periods(await HoursAsync(ledger)));
    }

    [Fact]
    public async Task Run_StoodStillWhileAnotherMadeHoursVoid_DoesNotBringThemBack()
    {
        var (ledger, another) = await StartAsync(Hourly);
        var storm = await DeclareAsync(ledger, "2026-02-01T02:00", "2026-02-01T08:00", One);
        var mine = await TakeAsync(ledger, "an");
        var emergencies = new StillEmergencies(ledger.Emergencies, MeanwhileAsync);
        var stage = new ObligationStage(CatalogOf(Hourly), "a", null, ledger.Obligations, emergencies, TestCatalog.Zone);

        await Assert.ThrowsAsync<ClaimLostException>(() => stage.RunAsync(At("2026-02-01T02:00"), mine, null, Token));

        Assert.Equal(["2026-02-01T02"], Periods(await HoursAsync(ledger)));

        async Task MeanwhileAsync(CancellationToken cancellationToken)
        {
            var theirs = await TakeAsync(ledger, "binh");
            await another.RunAsync(At("2026-02-01T02:00"), theirs, null, cancellationToken);
            Assert.Equal(["2026-02-01T02", "2026-02-01T03"], Periods(await HoursAsync(ledger)));
            await EndAsync(ledger, storm, "2026-02-01T02:02", "2026-02-01T02:02");
            await another.RunAsync(At("2026-02-01T02:03"), theirs, null, cancellationToken);
            Assert.Equal(["2026-02-01T02"], Periods(await HoursAsync(ledger)));
        }
    }

    // Its term is over at once: the next who asks has it.
    private static async Task<Claim> TakeAsync(DutyLedger ledger, string holder)
    {
        var claims = (IClaims)ledger.Ledger;
        var taken = await claims.TryTakeClaimAsync(ClaimNames.Obligations, holder, TimeSpan.FromMinutes(-1), _ => false, Token);
        Assert.NotNull(taken);
        return taken;
    }

    private static Task<PlanChanges> RunAsync(ObligationStage stage, string at) => stage.RunAsync(At(at), null, null, Token);

    private static ObligationStage Stage(DutyLedger ledger, CatalogSnapshot catalog, string fingerprint = "a") =>
        new(catalog, fingerprint, null, ledger.Obligations, ledger.Emergencies, TestCatalog.Zone);

    private static Task<List<Obligation>> HoursAsync(DutyLedger ledger) => ledger.AllAsync(new(Frequency: Frequency.Hour));

    private static List<string> Periods(IEnumerable<Obligation> obligations) =>
        [.. obligations.Select(one => one.Period.ToString()).Distinct()];

    private static Task<Emergency> DeclareAsync(DutyLedger ledger, string from, string until, params Area[] areas) =>
        ledger.Emergencies.DeclareAsync(Emergency(from, until, areas), "bão", Token);

    private static async Task EndAsync(DutyLedger ledger, Emergency emergency, string until, string at) =>
        Assert.NotNull(
            await ledger.Emergencies.EndAtAsync(emergency.Id, At(until), until == at, "trực ban", "hết bão", At(at), Token)
        );

    private async Task<(DutyLedger Ledger, ObligationStage Stage)> StartAsync(params Indicator[] indicators)
    {
        var ledger = new DutyLedger(await SqliteLedgers.CreateAsync(folder, "ledger.db"));
        return (ledger, Stage(ledger, CatalogOf(indicators)));
    }
}
