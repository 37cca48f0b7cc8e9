using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Collection;
using KpiMetrics.Pipeline.Ledger.Claims;
using KpiMetrics.Pipeline.Obligations;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Tests.Ledger;
using KpiMetrics.Tests.Support;
using static KpiMetrics.Tests.Obligations.DutyWorld;

namespace KpiMetrics.Tests.Collection;

public sealed class DutyCollectionTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly List<string> refused = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Run_SeveralMonthsOpen_AreAskedOldestFirstAndFulfilled()
    {
        var (ledger, collection) = await StartAsync("2026-04-02");
        var source = new DutyScript(question => DutyScript.Months(question, "5"));

        var run = await RunAsync(collection, source, "2026-04-02");

        Assert.Equal(["LC-A01 2026-01", "LC-A01 2026-02", "LC-A01 2026-03"], source.Asked);
        Assert.False(run.HasMore);
        Assert.Empty(await ledger.Obligations.ReadOpenAsync(Months, At("2026-04-02"), Token));
    }

    [Fact]
    public async Task Run_ConsecutivePeriods_GoIntoOneQuestion()
    {
        var (_, collection) = await StartAsync("2026-04-02");
        var source = new DutyScript(question => DutyScript.Months(question, "5"));
        source.Options.PeriodsPerQuestion = 2;

        await RunAsync(collection, source, "2026-04-02");

        Assert.Equal(["LC-A01 2026-01..2026-02", "LC-A01 2026-03"], source.Asked);
    }

    [Fact]
    public async Task Run_MoreThanAVisitTakes_GoesOnWithTheNext()
    {
        var set = Set(Monthly with { Frequencies = [Frequency.Day] });
        var (_, collection) = await StartAsync("2026-04-01", set);
        var days = Months with { Frequency = Frequency.Day };
        var source = new DutyScript(question => DutyScript.Months(question, "5"));

        var first = await RunAsync(collection, source, "2026-04-01", days);
        var asked = source.Asked.Count;
        var second = await RunAsync(collection, source, "2026-04-01", days);

        Assert.Equal((DutyCollection.QuestionsAVisit, true, false), (asked, first.HasMore, second.HasMore));
        Assert.Equal("LC-A01 2026-01-01", source.Asked[0]);
        Assert.Equal("LC-A01 2026-03-02", source.Asked[asked]);
        Assert.Equal(90, source.Asked.Distinct().Count()); // each once
        Assert.Equal(90, source.Asked.Count);
    }

    [Fact]
    public async Task Run_AgainBeforeItsTime_AsksNothing()
    {
        var (ledger, collection) = await StartAsync("2026-02-02");
        var source = new DutyScript(_ => []);

        await RunAsync(collection, source, "2026-02-02");
        await RunAsync(collection, source, "2026-02-02T00:59");
        Assert.Single(source.Asked);
        await RunAsync(collection, source, "2026-02-02T01:01");

        Assert.Equal(2, source.Asked.Count);
        var asking = Assert.Single(await AskingsAsync(ledger));
        Assert.Equal(
            (2, 0, At("2026-02-02"), At("2026-02-02T01:01")),
            (asking.Attempts, asking.Failures, asking.FirstAskedAt, asking.LastAskedAt)
        );
    }

    [Fact]
    public async Task Run_AskedByAClockThatWasYearsAhead_AsksAgainOnceItIsSetRight()
    {
        var (_, collection) = await StartAsync("2026-02-02");
        var source = new DutyScript(_ => []);
        await RunAsync(collection, source, "2028-02-02");
        var asked = source.Asked.Count;

        await RunAsync(collection, source, "2026-02-02");
        await RunAsync(collection, source, "2026-02-02T00:30");

        Assert.Equal(["LC-A01 2026-01"], source.Asked.Skip(asked));
    }

    [Fact]
    public async Task Run_OnePeriodOfAQuestionBreaksIt_TheOthersAreAskedApart()
    {
        var (ledger, collection) = await StartAsync("2026-04-02");
        var source = new DutyScript(question =>
            question.Periods.Contains(Period.Parse("2026-02"))
                ? throw new BrokenReportException("it is HTML")
                : DutyScript.Months(question, "5")
        );
        source.Options.PeriodsPerQuestion = 3;

        foreach (var at in (string[])["2026-04-02", "2026-04-02T12:00", "2026-04-03", "2026-04-03T12:00"])
            await RunAsync(collection, source, at);

        var open = await ledger.Obligations.ReadOpenAsync(Months, At("2026-04-03T12:00"), Token);
        Assert.Equal(["2026-02"], open.Select(one => $"{one.Period}"));
    }

    [Fact]
    public async Task Run_ClockWasSetBack_NothingIsReceivedInTheFuture()
    {
        var (ledger, collection) = await StartAsync("2026-02-02");
        await RunAsync(collection, new DutyScript(_ => [new(null, [])]), "2028-02-02");

        await RunAsync(collection, new DutyScript(question => DutyScript.Months(question, "5")), "2026-02-02");

        Assert.All(
            await ledger.AllAsync(new(To: Period.Parse("2026-01"))),
            one => Assert.Equal(At("2026-02-02"), one.CompleteAt)
        );
    }

    [Fact]
    public async Task Run_AnswerHasAnIndicatorThatTheSourceIsNotBoundTo_ItsRowsAreRefused()
    {
        var (_, collection) = await StartAsync("2026-02-02");
        var source = new DutyScript(question => DutyScript.Months(question, "5"));
        source.Options.Indicators = ["LC-Z01"];

        var run = await RunAsync(collection, source, "2026-02-02");

        Assert.Equal((0, 4), (run.Outcomes[0].Result?.Receipt.Recorded, run.Outcomes[0].Result?.Receipt.Refused));
        Assert.Contains("'LC-A01' is not served by source script; allowed: LC-Z01", refused[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SourceAway_EndsTheVisitAndIsTriedAgainLater()
    {
        var (ledger, collection) = await StartAsync("2026-04-02");
        var isAway = true;
        var source = new DutyScript(question =>
            isAway ? throw new SourceUnavailableException("no route") : DutyScript.Months(question, "5")
        );

        var run = await RunAsync(collection, source, "2026-04-02");

        Assert.Equal(["LC-A01 2026-01"], source.Asked);
        Assert.Equal((null, "no route", false), (Assert.Single(run.Outcomes).Result, run.Outcomes[0].Fault, run.HasMore));
        var askings = await AskingsAsync(ledger);
        Assert.Equal(3, askings.Count); // what waits behind the first is the source's fault as well
        Assert.All(
            askings,
            asking =>
                Assert.Equal((1, 1, null, "no route"), (asking.Attempts, asking.Failures, asking.FirstAnsweredAt, asking.Outcome))
        );

        isAway = false;
        await RunAsync(collection, source, "2026-04-02T02:00");
        Assert.Empty(await ledger.Obligations.ReadOpenAsync(Months, At("2026-04-02T02:00"), Token));
        Assert.All(await AskingsAsync(ledger), after => Assert.Equal(0, after.Failures));
    }

    [Fact]
    public async Task Run_ABrokenAnswer_IsItsOutcomeAndTheOthersAreAsked()
    {
        var (ledger, collection) = await StartAsync("2026-04-02");
        var source = new DutyScript(question =>
            question.First == Period.Parse("2026-02")
                ? throw new BrokenReportException("it is HTML")
                : DutyScript.Months(question, "5")
        );

        var run = await RunAsync(collection, source, "2026-04-02");

        Assert.Equal([null, "it is HTML", null], run.Outcomes.Select(outcome => outcome.Fault));
        Assert.Equal(
            ["2026-02"],
            (await ledger.Obligations.ReadOpenAsync(Months, At("2026-04-02"), Token)).Select(open => $"{open.Period}")
        );
    }

    [Fact]
    public async Task Run_RestatedWithinLookback_IsRecordedAsACorrectionWithoutMovingTheReceipt()
    {
        var (ledger, collection) = await StartAsync("2026-02-02");
        var value = "5";
        var source = new DutyScript(question => DutyScript.Months(question, value));
        await RunAsync(collection, source, "2026-02-02");

        value = "6";
        var run = await RunAsync(collection, source, "2026-02-20");

        Assert.Equal(4, Assert.Single(run.Outcomes).Result?.Receipt.Recorded);
        Assert.All(
            await ledger.AllAsync(new(To: Period.Parse("2026-01"))),
            january => Assert.Equal(At("2026-02-02"), january.CompleteAt)
        );
    }

    [Fact]
    public async Task Run_CompleteByAnotherWay_IsAskedForOnceAsTheSourceMayKnowBetter()
    {
        var (ledger, collection) = await StartAsync("2026-02-02");
        foreach (var area in new[] { One, Two, Three, Ending })
            await ledger.ReportAsync("2026-02-01", Months, "2026-01", area.Id, [("LC-A01.01", 1m)]);
        var source = new DutyScript(question => DutyScript.Months(question, "5"));

        await RunAsync(collection, source, "2026-02-02");
        await RunAsync(collection, source, "2026-02-02");

        Assert.Single(source.Asked, asked => asked.Contains("2026-01", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_TheSameAnswerAThousandTimes_IsStoredOnce()
    {
        var (ledger, collection) = await StartAsync("2026-02-02");
        var source = new DutyScript(question => [.. Enumerable.Range(0, 1000).SelectMany(_ => DutyScript.Months(question, "5"))]);

        var run = await RunAsync(collection, source, "2026-02-02");

        Assert.Equal(1000, run.Outcomes.Count);
        Assert.Equal(4, run.Outcomes.Sum(outcome => outcome.Result?.Receipt.Recorded));
        await foreach (var series in ledger.Ledger.ReadAsync(new(), Token))
            Assert.Single(Assert.Single(series.Periods).Statements);
    }

    [Fact]
    public async Task Run_RefusedRows_DoNotStopTheRest()
    {
        var (ledger, collection) = await StartAsync("2026-02-02");
        var month = Period.Parse("2026-01");
        var source = new DutyScript(_ =>
            [
                new(
                    null,
                    [
                        .. DutyScript.Rows(month, "5", "02001", "99999", "07001", "02002"),
                        new RawRow(9) { Indicator = new("LC-Z99", CellKind.Text, "") },
                    ]
                ),
            ]
        );

        var run = await RunAsync(collection, source, "2026-02-02");

        var receipt = Assert.Single(run.Outcomes).Result?.Receipt;
        Assert.Equal((2, 3), (receipt?.Recorded, receipt?.Refused));
        Assert.True(refused.Count >= 3);
        Assert.Equal(2, Assert.Single(await ledger.Obligations.ReadOpenAsync(Months, At("2026-02-02"), Token)).Areas);
    }

    [Fact]
    public async Task Run_AnotherOfficesIndicator_IsRefused()
    {
        var (ledger, collection) = await StartAsync("2026-02-02");
        var source = new DutyScript(question => DutyScript.Months(question, "5"));
        source.Options.Agency = "Sở Khác";

        var run = await RunAsync(collection, source, "2026-02-02");

        Assert.Equal((0, 4), (run.Outcomes[0].Result?.Receipt.Recorded, run.Outcomes[0].Result?.Receipt.Refused));
        Assert.Contains("agency 'Sở Khác' does not report", refused[0], StringComparison.Ordinal);
        Assert.Equal(4, Assert.Single(await ledger.Obligations.ReadOpenAsync(Months, At("2026-02-02"), Token)).Areas);
    }

    [Fact]
    public async Task Run_MissingForYears_IsGivenUp()
    {
        var (_, collection) = await StartAsync("2032-04-02");
        var source = new DutyScript(_ => []);

        await RunAsync(collection, source, "2032-04-02");

        Assert.Equal("LC-A01 2029-03", source.Asked[0]);
    }

    [Fact]
    public async Task Run_MonthsBeforeAnyAreaStood_AreNotAskedFor()
    {
        var (_, collection) = await StartAsync("2026-01-02", Set(Monthly) with { From = null });
        var source = new DutyScript(_ => []);
        source.Options.Lookback = 8;

        await RunAsync(collection, source, "2026-01-02");

        Assert.Equal(("LC-A01 2025-07", 6), (source.Asked[0], source.Asked.Count));
    }

    [Fact]
    public async Task Run_FailedBeforeTheWorkerStartedAgain_IsAskedAtOnce()
    {
        var (ledger, collection) = await StartAsync("2026-02-02");
        var away = new DutyScript(_ => throw new BrokenReportException("the secret is missing"));
        await RunAsync(collection, away, "2026-02-02");
        var mended = new DutyScript(question => DutyScript.Months(question, "5"));

        await RunAsync(collection, mended, "2026-02-02T00:01");
        Assert.Empty(mended.Asked);

        var catalog = CatalogOf(Set(Monthly));
        var again = new DutyCollection(
            catalog,
            new ReportIntake(catalog, ledger.Ledger, TestCatalog.Zone),
            ledger.Obligations,
            ledger.Askings,
            ledger.Claims,
            TestCatalog.Zone
        );
        await RunAsync(again, mended, "2026-02-02T00:01");

        Assert.Single(mended.Asked, asked => asked == "LC-A01 2026-01");
    }

    [Fact]
    public async Task Run_AnotherProcessHasTheClaim_AsksNothingUntilItIsGivenBack()
    {
        var (ledger, collection) = await StartAsync("2026-02-02");
        var source = new DutyScript(question => DutyScript.Months(question, "5"));
        await using (await ledger.Claims.TryTakeAsync(ClaimNames.OfDuty(Months, "script"), Token))
        {
            var run = await RunAsync(collection, source, "2026-02-02");

            Assert.Equal((0, true), (run.Outcomes.Count, run.IsElsewhere));
            Assert.Empty(source.Asked);
        }

        Assert.False((await RunAsync(collection, source, "2026-02-02")).IsElsewhere);
        Assert.Equal(["LC-A01 2026-01"], source.Asked);
    }

    [Fact]
    public async Task Run_AnotherProcessTakesTheClaimDuringTheQuestion_TheAnswerIsThrownAway()
    {
        var (ledger, collection) = await StartAsync("2026-02-02");
        var claims = (IClaims)ledger.Ledger;
        var late = new DutyScript(question =>
        {
            claims
                .TryTakeClaimAsync(ClaimNames.OfDuty(Months, "script"), "other", TimeSpan.FromHours(1), _ => true, Token)
                .GetAwaiter()
                .GetResult();
            return DutyScript.Months(question, "5");
        });

        await Assert.ThrowsAsync<ClaimLostException>(() => RunAsync(collection, late, "2026-02-02"));

        Assert.Empty(await AskingsAsync(ledger));
        Assert.Single(await ledger.Obligations.ReadOpenAsync(Months, At("2026-02-02"), Token));
        await foreach (var series in ledger.Ledger.ReadAsync(new(), Token))
            Assert.Fail($"{series.Key} was recorded.");
    }

    [Fact]
    public async Task Run_ADutyThatIsNoMore_DoesNothing()
    {
        var (_, collection) = await StartAsync("2026-02-02");
        var source = new DutyScript(_ => []);

        var run = await RunAsync(collection, source, "2026-02-02", Months with { Indicator = "LC-Z99" });

        Assert.Equal((0, false), (run.Outcomes.Count, run.HasMore));
        Assert.Empty(source.Asked);
    }

    private static async Task<IReadOnlyList<Asking>> AskingsAsync(DutyLedger ledger) =>
        await ledger.Askings.ReadAskingsAsync(Months, Period.Parse("2026-01"), Period.Parse("2026-12"), Token);

    private Task<CollectionRun> RunAsync(DutyCollection collection, IPulledSource source, string at, Duty? duty = null) =>
        collection.RunAsync(
            duty ?? Months,
            source,
            At(at),
            (report, row) => refused.Add($"{report}: {row.Refusal.Line}: {row.Refusal.Message}"),
            Token
        );

    private async Task<(DutyLedger Ledger, DutyCollection Collection)> StartAsync(
        string at,
        Core.Catalog.IndicatorSet? set = null
    )
    {
        var catalog = CatalogOf(set ?? Set(Monthly));
        var ledger = new DutyLedger(await SqliteLedgers.CreateAsync(folder, "ledger.db"));
        var stage = new ObligationStage(catalog, "a", null, ledger.Obligations, ledger.Emergencies, TestCatalog.Zone);
        await stage.RunAsync(At(at), null, null, Token);
        var intake = new ReportIntake(catalog, ledger.Ledger, TestCatalog.Zone);
        return (ledger, new(catalog, intake, ledger.Obligations, ledger.Askings, ledger.Claims, TestCatalog.Zone));
    }
}
