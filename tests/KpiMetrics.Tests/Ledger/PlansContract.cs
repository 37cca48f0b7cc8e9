using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation.Plans;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Ledger;

/// <summary>What every ledger must do with plans, whatever it is kept in.</summary>
public abstract class PlansContract
{
    protected static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.FromHours(7));

    private static readonly PlanKey Key = PlanKey.Of(TestCatalog.Series(TestCatalog.Flow, Frequency.Month));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A new, empty, migrated ledger that is also its own outbox and store of plans.</summary>
    protected abstract Task<ILedger> CreateAsync();

    [Theory]
    [InlineData("1155106")]
    [InlineData("99.610")]
    [InlineData("-0.000000000000000000000000001")]
    [InlineData("79228162514264337593543950335")]
    public async Task Append_APlan_ComesBackAsStated(string digits)
    {
        var ledger = await CreateAsync();
        var plan = Plan("2026-Q2", decimal.Parse(digits, CultureInfo.InvariantCulture)) with
        {
            Scheme = "du-toan",
            Kind = PlanKind.Adjusted,
            Decision = "Nghị quyết 12/NQ-HĐND",
            Note = "Biểu 3",
        };
        await ReportAsync(ledger, Start, stated: false, plan);

        var found = Assert.Single(await ReadAsync(ledger));
        Assert.Equal(plan, found);
        Assert.Equal(digits, found.Value.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Append_AnAdjustment_LeavesWhatWasKnownBefore()
    {
        var ledger = await CreateAsync();
        await ReportAsync(ledger, Start, stated: false, Plan("2026", 1200m));
        await ReportAsync(ledger, Start.AddDays(190), stated: false, Plan("2026", 1500m) with { Kind = PlanKind.Adjusted });

        Assert.Equal(1200m, await TotalAsync(ledger, Start.AddDays(190).AddMilliseconds(-1)));
        Assert.Equal(1500m, await TotalAsync(ledger, Start.AddDays(190)));
        Assert.Equal(1500m, await TotalAsync(ledger, null));
        Assert.Null(await TotalAsync(ledger, Start.AddMilliseconds(-1)));
    }

    [Fact]
    public async Task Append_TheSameStatementAgain_IsRecordedOnce()
    {
        var ledger = await CreateAsync();
        await ReportAsync(ledger, Start, stated: false, Plan("2026", 1200m));
        await ReportAsync(ledger, Start.AddDays(190), stated: false, Plan("2026", 1500m) with { Kind = PlanKind.Adjusted });

        var receipt = await ReportAsync(
            ledger,
            Start.AddDays(300),
            stated: false,
            Plan("2026", 1200m),
            Plan("2026", 1200.0m) with
            {
                Note = "again",
            }
        );

        Assert.Equal((0, 2), (receipt.Recorded, receipt.Repeated));
        Assert.Equal(2, (await ReadAsync(ledger)).Count);
    }

    [Fact]
    public async Task Append_AStatedInstantTwice_IsRecordedOnceAndAnEarlierOneIsKnownEarlier()
    {
        var ledger = await CreateAsync();
        await ReportAsync(ledger, Start, stated: true, Plan("2026", 1200m));
        Assert.Equal(1, (await ReportAsync(ledger, Start, stated: true, Plan("2026", 1200m))).Repeated);

        Assert.Equal(1, (await ReportAsync(ledger, Start.AddDays(-9), stated: true, Plan("2026", 1200m))).Recorded);

        Assert.Equal(1200m, await TotalAsync(ledger, Start.AddDays(-1)));
    }

    [Fact]
    public async Task Append_AnotherValueInTheSameReport_IsAContradictionAndNotKept()
    {
        var ledger = await CreateAsync();
        await using var report = await ((IPlans)ledger).BeginPlansAsync(Header(Start, stated: false), Token);

        Assert.Equal(AppendOutcome.Recorded, await AppendAsync(Plan("2026", 1m)));
        Assert.Equal(AppendOutcome.Contradicted, await AppendAsync(Plan("2026", 2m)));
        Assert.Equal(AppendOutcome.Repeated, await AppendAsync(Plan("2026", 1m)));
        Assert.Equal(AppendOutcome.Recorded, await AppendAsync(Plan("2026", 3m) with { Kind = PlanKind.Adjusted }));
        Assert.Equal(AppendOutcome.Recorded, await AppendAsync(Plan("2026", 4m) with { Scheme = "kich-ban" }));
        Assert.Equal(AppendOutcome.Recorded, await AppendAsync(Plan("2026-01", 5m)));
        await report.CommitAsync(1, Token);
        Assert.Equal(3m, await TotalAsync(ledger, null));

        ValueTask<AppendOutcome> AppendAsync(PlanVersion plan) => report.AppendAsync(Key, plan, [], Token);
    }

    [Fact]
    public async Task Append_ReceivedAtAnotherInstantThanItsReport_IsRefused()
    {
        var ledger = await CreateAsync();
        await using var report = await ((IPlans)ledger).BeginPlansAsync(Header(Start, stated: false), Token);

        await Assert.ThrowsAsync<ArgumentException>(async () =>
            await report.AppendAsync(Key, Plan("2026", 1m) with { ReceivedAt = Start.AddDays(1) }, [], Token)
        );
    }

    [Fact]
    public async Task Commit_APlan_MarksTheYearsFiguresOfItsSeriesAtAllFrequencies()
    {
        var ledger = await CreateAsync();
        var month = TestCatalog.Series(TestCatalog.Flow, Frequency.Month);
        await FiguresAsync(ledger, month, "2025-12", "2026-01", "2026-12", "2027-01");
        await FiguresAsync(ledger, TestCatalog.Series(TestCatalog.Flow, Frequency.Quarter), "2026-Q2");
        await FiguresAsync(ledger, TestCatalog.Series(TestCatalog.Stock, Frequency.Month), "2026-05");
        await FiguresAsync(ledger, TestCatalog.Series(TestCatalog.Rate, Frequency.Month), "2026-06");
        await FiguresAsync(ledger, TestCatalog.Series(TestCatalog.Flow, Frequency.Month, "lua"), "2026-07");
        await FiguresAsync(ledger, month with { Area = "27@1997-01-01" }, "2026-08");
        await PublishedAsync((IOutbox)ledger);

        await using (var report = await ((IPlans)ledger).BeginPlansAsync(Header(Start, stated: false), Token))
        {
            await report.AppendAsync(Key, Plan("2026-Q1", 1200m), [TestCatalog.Rate.Code], Token);
            await report.CommitAsync(0, Token);
        }

        var marked = await ((IOutbox)ledger).NextChangesAsync(100, Token);
        Assert.Equal(["2026-01", "2026-06", "2026-12", "2026-Q2"], marked.Select(key => key.Period.ToString()).Order());
    }

    [Fact]
    public async Task Commit_APlanOfAFigureNobodyReported_MarksItsPublishedPoints()
    {
        var ledger = await CreateAsync();
        var outbox = (IOutbox)ledger;
        var computed = TestCatalog.Series(TestCatalog.Flow, Frequency.Month);
        var number = Assert.Single(await outbox.NumberSeriesAsync([computed], Token));
        await outbox.IntendAloneAsync([new(number, Period.Parse("2025-12"), 1), new(number, Period.Parse("2026-03"), 1)], Token);

        await ReportAsync(ledger, Start, stated: false, Plan("2026", 1200m));

        var marked = Assert.Single(await outbox.NextChangesAsync(100, Token));
        Assert.Equal((computed, Period.Parse("2026-03")), (marked.Series, marked.Period));
    }

    [Fact]
    public async Task Commit_ARepetition_MarksNothingAndLeavesAnAuditRow()
    {
        var ledger = await CreateAsync();
        await FiguresAsync(ledger, TestCatalog.Series(TestCatalog.Flow, Frequency.Month), "2026-01");
        await ReportAsync(ledger, Start, stated: false, Plan("2026", 1200m));
        await PublishedAsync((IOutbox)ledger);

        var receipt = await ReportAsync(ledger, Start.AddDays(1), stated: false, Plan("2026", 1200m));

        Assert.Empty(await ((IOutbox)ledger).NextChangesAsync(100, Token));
        var audit = (await ledger.ReadAuditAsync(1, Token))[0];
        Assert.Equal(("plan", "test"), (audit.Action, audit.Actor));
        Assert.Contains("\"recorded\":0,\"repeated\":1,\"refused\":4", audit.Details, StringComparison.Ordinal);
        Assert.Equal((1, 4), (receipt.Repeated, receipt.Refused));
    }

    [Fact]
    public async Task Commit_AKeyMarkedWhileItIsPublished_StaysInTheOutbox()
    {
        var ledger = await CreateAsync();
        var outbox = (IOutbox)ledger;
        await FiguresAsync(ledger, TestCatalog.Series(TestCatalog.Flow, Frequency.Month), "2026-01");
        var taken = await outbox.NextChangesAsync(10, Token);
        await ReportAsync(ledger, Start, stated: false, Plan("2026", 1200m));

        await outbox.ConfirmAloneAsync([], taken, [], Start, Token);

        Assert.Single(await outbox.NextChangesAsync(10, Token));
    }

    [Fact]
    public async Task Dispose_WithoutCommit_LeavesNoTrace()
    {
        var ledger = await CreateAsync();
        await using (var report = await ((IPlans)ledger).BeginPlansAsync(Header(Start, stated: false), Token))
            await report.AppendAsync(Key, Plan("2026", 1200m), [], Token);

        Assert.Empty(await ReadAsync(ledger));
        Assert.Empty(await ledger.ReadAuditAsync(10, Token));
    }

    [Fact]
    public async Task Read_ByQuery_GivesEachKeyOnceWithWhatMatches()
    {
        var ledger = await CreateAsync();
        var other = Key with { Measure = TestCatalog.Stock.Code, Area = "27@1997-01-01" };
        await using (var report = await ((IPlans)ledger).BeginPlansAsync(Header(Start, stated: false), Token))
        {
            await report.AppendAsync(other, Plan("2026", 3m), [], Token);
            await report.AppendAsync(Key, Plan("2027", 2m), [], Token);
            await report.AppendAsync(Key, Plan("2026", 1m), [], Token);
            await report.CommitAsync(0, Token);
        }

        Assert.Equal("T-01.01:1,2 T-01.02:3", await ReadAsync(new()));
        Assert.Equal("T-01.01:1 T-01.02:3", await ReadAsync(new(Year: 2026)));
        Assert.Equal("T-01.02:3", await ReadAsync(new(Set: "test", Measure: "T-01.02")));
        Assert.Equal("T-01.02:3", await ReadAsync(new(Area: [other.Area])));
        Assert.Equal("", await ReadAsync(new(Set: "other")));
        Assert.Equal("", await ReadAsync(new(AsOf: Start.AddSeconds(-1))));

        async Task<string> ReadAsync(PlanQuery query)
        {
            var found = new List<string>();
            await foreach (var (key, versions) in ((IPlans)ledger).ReadPlansAsync(query, Token))
                found.Add($"{key.Measure}:{string.Join(',', versions.Select(version => version.Value))}");
            return string.Join(' ', found);
        }
    }

    protected static PlanVersion Plan(string period, decimal value) =>
        new("", Period.Parse(period), value, PlanKind.Assigned, null, Start, null);

    protected static async Task<ReportReceipt> ReportAsync(
        ILedger ledger,
        DateTimeOffset at,
        bool stated,
        params PlanVersion[] plans
    )
    {
        await using var report = await ((IPlans)ledger).BeginPlansAsync(Header(at, stated), Token);
        foreach (var plan in plans)
            await report.AppendAsync(Key, plan with { ReceivedAt = at }, [], Token);
        return await report.CommitAsync(4, Token);
    }

    private static ReportHeader Header(DateTimeOffset at, bool stated) =>
        new(TestCatalog.Set.Code, "plan", "plans.csv", at, stated, at, "test");

    private static async Task<IReadOnlyList<PlanVersion>> ReadAsync(ILedger ledger, DateTimeOffset? asOf = null) =>
        await ((IPlans)ledger).ReadPlansAsync(Key, asOf, Token);

    private static async Task<decimal?> TotalAsync(ILedger ledger, DateTimeOffset? asOf) =>
        PlanOfYear.Of(await ReadAsync(ledger, asOf), 2026, MeasureKind.Flow)?.Total.Value;

    private static async Task FiguresAsync(ILedger ledger, SeriesKey series, params string[] periods)
    {
        await using var report = await ledger.BeginAsync(Header(Start, stated: false), Token);
        foreach (var period in periods)
            await report.AppendAsync(series, Period.Parse(period), FigureValue.Of(1m), 'A', Vintage.Official, null, Token);
        await report.CommitAsync(0, Token);
    }

    private static async Task PublishedAsync(IOutbox outbox) =>
        await outbox.ConfirmAloneAsync([], await outbox.NextChangesAsync(100, Token), [], Start, Token);
}
