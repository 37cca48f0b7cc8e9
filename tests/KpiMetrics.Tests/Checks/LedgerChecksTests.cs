using KpiMetrics.Core.Quality.Checks;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Tests.Checks;

/// <summary>One example of each check on the ledger, and what must not be one.</summary>
public sealed partial class LedgerChecksTests
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

    // From February 2026 on the months are cut off on the 14th: they overlap those before and do not make up a calendar quarter.
    [Theory]
    [InlineData("A01.01 09001 2026-Q1 100")]
    [InlineData("A01.04 09001 2026-03 100")]
    [InlineData("A01.05 09001 2026-03 100")]
    public async Task Windows_OfTwoForms_AreNeverHeldTogether(string stated)
    {
        using var world = await CheckWorld.CreateAsync(
            text =>
                text.Replace(
                    "windows: calendar, origin: Điều 3}",
                    "windows: calendar, origin: Điều 3}\n  - {from: 2026-02-01, windows: cutoff-15}",
                    StringComparison.Ordinal
                ),
            "A01.01 09001 2025-03 10",
            "A01.01 09001 2026-01 10",
            "A01.01 09001 2026-02 10",
            "A01.01 09001 2026-03 10",
            stated
        );

        Assert.Empty(await world.FindAsync());
    }

    private static async Task<(string Code, decimal? Recomputed)> CodeAndRecomputedAsync(CheckWorld world)
    {
        var found = await world.OnlyAsync();
        return (found.Code, found.Recomputed);
    }
}
