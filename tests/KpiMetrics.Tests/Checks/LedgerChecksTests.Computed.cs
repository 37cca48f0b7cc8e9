namespace KpiMetrics.Tests.Checks;

/// <summary>Reported figures against what is computed: derived rows, coarse periods, larger areas, running totals.</summary>
public sealed partial class LedgerChecksTests
{
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

    [Theory]
    [InlineData("A01.05 09001 2026-01 5.0 E", 0)]
    [InlineData("A01.05 09001 2026-01 16.7 E", 0)]
    [InlineData("A01.05 09001 2026-01 9 E", 1)]
    [InlineData("A01.05 09001 2026-01 9", 0)]
    public async Task DerivedRow_OfEstimates_MayGoByEitherFigureOfTheYearBefore(string stated, int findings)
    {
        using var world = await CheckWorld.CreateAsync(
            "A01.01 09001 2025-01 90 E",
            "A01.01 09001 2025-01 100",
            "A01.01 09001 2026-01 105 E",
            stated
        );

        Assert.Equal(findings, (await world.FindAsync()).Count);
    }

    [Fact]
    public async Task DerivedRow_BaseNotReported_IsNotAccused()
    {
        using var world = await CheckWorld.CreateAsync("A01.01 09001 2026-01 105", "A01.05 09001 2026-01 6");

        Assert.Empty(await world.FindAsync());
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
    public async Task DerivedRow_AfterAMergerOfCommunes_IsHeldAgainstAllThatWereMerged()
    {
        using var world = await CheckWorld.CreateAsync(
            text =>
                text.Replace(
                    "level: commune, from: 2010-01-01,",
                    "level: commune, from: 2010-01-01, to: 2025-06-30,",
                    StringComparison.Ordinal
                )
                + (
                    text.StartsWith("areas:", StringComparison.Ordinal)
                        ? "  - {code: \"09002\", name: Xã Mới, level: commune, from: 2025-07-01, parent: \"97\", predecessors: [{code: \"09001\"}, {code: \"08999\"}]}\n"
                        : ""
                ),
            "A01.01 09001 2025-01 40",
            "A01.01 08999 2025-01 60",
            "A01.01 09002 2026-01 110",
            "A01.05 09002 2026-01 175"
        );

        var found = await world.OnlyAsync();

        Assert.Equal(("reconcile-derived", 10m), (found.Code, found.Recomputed));
        Assert.Contains("tháng 1/2025 (100)", found.Vietnamese, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DerivedRow_AgainstTheSeasonBefore_IsFound()
    {
        using var world = await CheckWorld.CreateAsync(
            text =>
                text.Replace("rule: pop, inputs: [XA-A01.08]", "rule: season, inputs: [XA-A01.01]", StringComparison.Ordinal)
                    .Replace(
                        "groups:",
                        """
                        seasons:
                          - {code: dong-xuan, name: Vụ đông xuân, year: 2025, from: 2025-01-01, to: 2025-02-28}
                          - {code: he-thu, name: Vụ hè thu, year: 2025, from: 2025-03-01, to: 2025-04-30}
                        groups:
                        """,
                        StringComparison.Ordinal
                    ),
            "A01.01 09001 2025-01 10",
            "A01.01 09001 2025-02 10",
            "A01.01 09001 2025-03 10",
            "A01.01 09001 2025-04 15",
            "A01.10 09001 2025-04 50"
        );

        Assert.Equal(("reconcile-derived", 25m), await CodeAndRecomputedAsync(world));
    }
}
