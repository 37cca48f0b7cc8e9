using KpiMetrics.Core.Quality.Checks;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Tests.Checks;

/// <summary>One example of each check on the ledger, and what must not be one.</summary>
public sealed class LedgerChecksTests
{
    [Fact]
    public async Task Identity_RatioThatItsOwnRowsDeny_IsFoundWithNumbersAndOrigin()
    {
        using var world = await CheckWorld.CreateAsync(
            "A01.01 09001 2026-01 153771",
            "A01.02 09001 2026-01 151619",
            "A01.03 09001 2026-01 99.61"
        );

        var found = await world.OnlyAsync();

        Assert.Equal(("identity-ratio", "XA-A01.03", "forms", "Điều 5"), (found.Code, found.Measure, found.Source, found.Origin));
        Assert.Equal(98.6005m, decimal.Round(found.Recomputed.GetValueOrDefault(), 4));
        Assert.Equal(
            "XA-A01.03 \"Tỷ lệ đúng hạn\" nêu 99,61 % nhưng tính từ XA-A01.02 \"Đúng hạn\" (151.619) chia XA-A01.01 \"Tiếp nhận\" (153.771) được 98,60 %.",
            found.Vietnamese
        );
    }

    [Theory]
    [InlineData("A01.03 09001 2026-01 98.60")]
    [InlineData("A01.03 09001 2026-01 98.6")]
    [InlineData("A01.03 09001 2026-01 99")]
    [InlineData("A01.03 09001 2026-02 12")]
    [InlineData("A01.03 08999 2026-01 12")]
    [InlineData("A01.03 09001 2026-01 99.61 E")]
    public async Task Identity_RoundedOrOfOtherFigures_IsNoFinding(string rate)
    {
        using var world = await CheckWorld.CreateAsync("A01.01 09001 2026-01 153771", "A01.02 09001 2026-01 151619", rate);

        Assert.Empty(await world.FindAsync());
    }

    [Fact]
    public async Task Identity_PartGreaterThanItsWhole_IsFound()
    {
        using var world = await CheckWorld.CreateAsync("A01.01 09001 2026-01 10", "A01.02 09001 2026-01 11");

        var found = await world.OnlyAsync();

        Assert.Equal(("at-most", 1m), (found.Code, found.Difference));
    }

    [Fact]
    public async Task Identity_NarrativeDeniesItself_IsFoundThoughTheFormsCount()
    {
        using var world = await CheckWorld.CreateAsync(
            "A01.01 09001 2026-01 200",
            "A01.02 09001 2026-01 100",
            "A01.03 09001 2026-01 50"
        );
        await world.ReportAsync(
            "narrative",
            CheckWorld.Noon,
            "A01.01 09001 2026-01 200",
            "A01.02 09001 2026-01 100",
            "A01.03 09001 2026-01 60"
        );

        var found = await world.FindAsync();

        Assert.Equal(
            [("identity-ratio", "narrative", 60m, 50m), ("sources-differ", "forms", 50m, 60m)],
            found.Select(one => (one.Code, one.Source, one.Stated.Value, one.Recomputed.GetValueOrDefault()))
        );
    }

    [Fact]
    public async Task Identity_BothSourcesSayTheSameWrong_IsSaidOnce()
    {
        string[] lines = ["A01.01 09001 2026-01 10", "A01.02 09001 2026-01 11"];
        using var world = await CheckWorld.CreateAsync(lines);
        await world.ReportAsync("narrative", CheckWorld.Noon, lines);

        Assert.Equal("at-most", (await world.OnlyAsync()).Code);
    }

    [Fact]
    public async Task Identity_TotalOfLines_NeedsAllOfThem()
    {
        using var world = await CheckWorld.CreateAsync(
            "A02.01 09001 2026-01 30.5",
            "A02.02/lua 09001 2026-01 20.2",
            "A02.01 09001 2026-02 30.5",
            "A02.02/lua 09001 2026-02 20.2",
            "A02.02/ngo 09001 2026-02 11.3"
        );

        var found = await world.OnlyAsync();

        Assert.Equal(("identity-sum", "2026-02", 31.5m), (found.Code, found.Period.ToString(), found.Recomputed));
    }

    [Fact]
    public async Task Identity_WholeThatFollowsFromCounts_IsUsed()
    {
        using var world = await CheckWorld.CreateAsync(
            "A01.01 09001 2026-01 1",
            "A01.01 09001 2026-02 2",
            "A01.01 09001 2026-03 3",
            "A01.02 09001 2026-Q1 7"
        );

        Assert.Equal(("at-most", 6m), await CodeAndRecomputedAsync(world));
    }

    [Fact]
    public async Task DerivedRow_ReportedOtherwiseThanComputed_IsFound()
    {
        using var world = await CheckWorld.CreateAsync(
            "A01.01 09001 2025-01 100",
            "A01.01 09001 2026-01 105",
            "A01.05 09001 2026-01 6"
        );

        var found = await world.OnlyAsync();

        Assert.Equal(("reconcile-derived", 5m, 1m), (found.Code, found.Recomputed, found.Difference));
        Assert.Contains("tháng 1/2025 (100)", found.Vietnamese, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DerivedRow_AgainstTheYearBeforeSoFar_IsFound()
    {
        using var world = await CheckWorld.CreateAsync(
            "A01.01 09001 2025-01 100",
            "A01.01 09001 2025-02 100",
            "A01.01 09001 2026-01 100",
            "A01.01 09001 2026-02 110",
            "A01.09 09001 2026-01 0",
            "A01.09 09001 2026-02 10"
        );

        Assert.Equal(("reconcile-derived", 5m), await CodeAndRecomputedAsync(world));
    }

    [Fact]
    public async Task DerivedRow_ChangeOfTheAmountsBehindATotal_IsFound()
    {
        using var world = await CheckWorld.CreateAsync(
            "A01.08 09001 2026-01 100",
            "A01.08 09001 2026-02 150",
            "A01.10 09001 2026-02 50"
        );

        Assert.Equal(("reconcile-derived", -50m), await CodeAndRecomputedAsync(world));
    }

    [Fact]
    public async Task DerivedRow_OfPlan_IsHeldAgainstThePlan()
    {
        using var world = await CheckWorld.CreateAsync(
            "A01.01 09001 2026-01 30",
            "A01.01 09001 2026-02 20",
            "A01.06 09001 2026-01 15",
            "A01.06 09001 2026-02 26"
        );
        await world.PlanAsync("A01.01", "09001", 2026, 200m);

        var found = await world.OnlyAsync();

        Assert.Equal(("reconcile-derived", "2026-02", 25m), (found.Code, found.Period.ToString(), found.Recomputed));
        Assert.Contains("Kế hoạch: Tiếp nhận", found.Vietnamese, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A01.01 09001 2026-Q1 61", "reconcile-months", 60)]
    [InlineData("A01.01 09001 2026-Q1 60", null, 0)]
    [InlineData("A01.01 09001 2026-Q1 61 E", null, 0)]
    [InlineData("A01.01 09001 2026 61", null, 0)]
    [InlineData("A01.07 09001 2026-Q1 4", "reconcile-months", 3)]
    [InlineData("A01.07 09001 2026-Q1 3", null, 0)]
    [InlineData("A02.03 09001 2026-Q1 6.3", "reconcile-months", 7.5)]
    [InlineData("A02.04 09001 2026-Q1 6.3", "reconcile-months", 6)]
    [InlineData("A02.04 09001 2026-Q1 6.0", null, 0)]
    [InlineData("A01.03 09001 2026-Q1 60", "reconcile-derived", 50)]
    [InlineData("A01.03 09001 2026-Q1 50", null, 0)]
    public async Task CoarsePeriod_AgainstItsParts_ByTheMeasuresRule(string coarse, string? code, double recomputed)
    {
        string[] months = ["2026-01 10", "2026-02 20", "2026-03 30"];
        string[] levels = ["2026-01 5.5", "2026-02 7.5", "2026-03 5.0"];
        using var world = await CheckWorld.CreateAsync([
            .. months.Select(month => $"A01.01 09001 {month}"),
            "A01.02 09001 2026-01 10",
            "A01.02 09001 2026-02 20",
            "A01.02 09001 2026-03 0",
            "A01.07 09001 2026-01 1",
            "A01.07 09001 2026-02 2",
            "A01.07 09001 2026-03 3",
            .. levels.Select(level => $"A02.03 09001 {level}"),
            .. levels.Select(level => $"A02.04 09001 {level}"),
            coarse,
        ]);

        var found = await world.FindAsync();

        Assert.Equal(
            code is null ? [] : [(code, (decimal)recomputed)],
            found.Select(one => (one.Code, one.Recomputed.GetValueOrDefault()))
        );
    }

    [Theory]
    [InlineData("A01.01 97 2026-01 31", "reconcile-areas", 30)]
    [InlineData("A01.01 97 2026-01 30", null, 0)]
    [InlineData("A01.01 97 2026-02 31", null, 0)]
    [InlineData("A01.03 97 2026-01 75", "reconcile-areas", 50)]
    [InlineData("A01.03 97 2026-01 50", null, 0)]
    public async Task LargerArea_AgainstItsCommunes_WhereAllAreThere(string province, string? code, double recomputed)
    {
        using var world = await CheckWorld.CreateAsync(
            "A01.01 09001 2026-01 10",
            "A01.01 08999 2026-01 20",
            "A01.01 09001 2026-02 10",
            "A01.02 09001 2026-01 10",
            "A01.02 08999 2026-01 5",
            province
        );

        var found = await world.FindAsync();

        Assert.Equal(
            code is null ? [] : [(code, (decimal)recomputed)],
            found.Select(one => (one.Code, one.Recomputed.GetValueOrDefault()))
        );
    }

    [Fact]
    public async Task RunningTotal_OtherThanTheSumOfItsFlows_IsFoundWhereAllAreThere()
    {
        using var world = await CheckWorld.CreateAsync(
            "A01.01 09001 2026-01 10",
            "A01.01 09001 2026-02 20",
            "A01.01 08999 2026-02 20",
            "A01.04 09001 2026-01 10",
            "A01.04 09001 2026-02 31",
            "A01.04 08999 2026-02 31"
        );

        Assert.Equal(("reconcile-cumulative", 30m), await CodeAndRecomputedAsync(world));
    }

    [Fact]
    public async Task RunningTotal_FlowRestatedSince_IsHeldAgainstWhatIsKnownNow()
    {
        using var world = await CheckWorld.CreateAsync("A01.01 09001 2026-01 10", "A01.04 09001 2026-01 10");
        await world.ReportAsync("forms", CheckWorld.Noon.AddDays(1), "A01.01 09001 2026-01 12");

        Assert.Equal(("reconcile-cumulative", 12m), await CodeAndRecomputedAsync(world));
        Assert.Empty(await world.FindAsync(new("xa", AsOf: CheckWorld.Noon)));
    }

    [Fact]
    public async Task RunningTotal_FallsWithinItsYear_IsFoundAndANewYearIsNone()
    {
        using var world = await CheckWorld.CreateAsync(
            "A01.08 09001 2025-11 50",
            "A01.08 09001 2025-12 49",
            "A01.08 09001 2026-01 5"
        );

        var found = await world.OnlyAsync();

        Assert.Equal(("cumulative-fall", "2025-12", -1m), (found.Code, found.Period.ToString(), found.Difference));
    }

    [Fact]
    public async Task Sources_ThreeThatDiffer_AreSaidPairByPairMostTrustedFirst()
    {
        using var world = await CheckWorld.CreateAsync("A01.07 09001 2026-01 1");
        await world.ReportAsync("narrative", CheckWorld.Noon, "A01.07 09001 2026-01 2");
        await world.ReportAsync("phone", CheckWorld.Noon, "A01.07 09001 2026-01 2");

        var found = await world.FindAsync();

        Assert.Equal([("forms", "phone"), ("forms", "narrative")], found.Select(one => (one.Source, one.Inputs[0].Source)));
    }

    [Fact]
    public async Task Sources_CorrectedSince_AgreeNowAndDidNotThen()
    {
        using var world = await CheckWorld.CreateAsync("A01.07 09001 2026-01 1");
        await world.ReportAsync("narrative", CheckWorld.Noon, "A01.07 09001 2026-01 2");
        await world.ReportAsync("narrative", CheckWorld.Noon.AddDays(1), "A01.07 09001 2026-01 1");

        Assert.Empty(await world.FindAsync());
        Assert.Equal("sources-differ", Assert.Single(await world.FindAsync(new("xa", AsOf: CheckWorld.Noon))).Code);
    }

    [Theory]
    [InlineData("A01.02 09001 2026-01 0", "A01.03 09001 2026-01 0", "(0/0)")]
    [InlineData("A01.01 09001 2025-01 0", "A01.05 09001 2026-01 100", "số gốc để so sánh bằng 0")]
    public async Task NotComputable_NumberStatedForADivisionByZero_IsSaidSo(string input, string stated, string why)
    {
        using var world = await CheckWorld.CreateAsync("A01.01 09001 2026-01 0", input, stated);

        var found = await world.OnlyAsync();

        Assert.Equal(("not-computable", FindingVerdict.NotComputable, null), (found.Code, found.Verdict, found.Recomputed));
        Assert.Contains(why, found.Vietnamese, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Findings_OfSeveral_StandInTheOrderOfTheDocument()
    {
        using var world = await CheckWorld.CreateAsync(
            "A02.02/lua 09001 2026-01 1",
            "A02.02/ngo 09001 2026-02 1",
            "A02.02/ngo 09001 2026-01 1",
            "A02.02/ngo 08999 2026-01 1",
            "A01.07 09001 2026-01 1"
        );
        await world.ReportAsync(
            "narrative",
            CheckWorld.Noon,
            "A02.02/lua 09001 2026-01 9",
            "A02.02/ngo 09001 2026-02 9",
            "A02.02/ngo 09001 2026-01 9",
            "A02.02/ngo 08999 2026-01 9",
            "A01.07 09001 2026-01 9"
        );

        var found = await world.FindAsync();

        Assert.Equal(
            [
                "XA-A01.07  09001 2026-01",
                "XA-A02.02 ngo 08999 2026-01",
                "XA-A02.02 ngo 09001 2026-01",
                "XA-A02.02 ngo 09001 2026-02",
                "XA-A02.02 lua 09001 2026-01",
            ],
            found.Select(one => $"{one.Measure} {one.Subject} {one.Area[..5]} {one.Period}")
        );
    }

    [Theory]
    [InlineData("XA-A02", null, 0)]
    [InlineData("XA-A01", null, 1)]
    [InlineData(null, "XA-A01.02", 1)]
    [InlineData(null, "XA-A01.01", 0)]
    public async Task Query_OfOneIndicatorOrMeasure_ChecksItAgainstAllOthers(string? indicator, string? measure, int count)
    {
        using var world = await CheckWorld.CreateAsync("A01.01 09001 2026-01 10", "A01.02 09001 2026-01 11");

        Assert.Equal(count, (await world.FindAsync(new("xa", indicator, measure))).Count);
    }

    [Fact]
    public async Task Query_WithoutSet_IsRefused()
    {
        using var world = await CheckWorld.CreateAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => world.FindAsync(new FigureQuery()));
    }

    private static async Task<(string Code, decimal? Recomputed)> CodeAndRecomputedAsync(CheckWorld world)
    {
        var found = await world.OnlyAsync();
        return (found.Code, found.Recomputed);
    }
}
