using KpiMetrics.Core.Quality.Checks;
using KpiMetrics.Pipeline.Checks;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Tests.Checks;

/// <summary>What the checks find is kept, and a set is checked again when there is reason to.</summary>
public sealed class CheckStageTests
{
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(5);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_FiguresThatContradict_KeepsWhatTheChecksFindUntilTheyAreCorrected()
    {
        using var world = await CheckWorld.CreateAsync(
            "A01.01 09001 2026-01 153771",
            "A01.02 09001 2026-01 151619",
            "A01.03 09001 2026-01 99.61",
            "A01.02 08999 2026-01 11",
            "A01.01 08999 2026-01 10"
        );
        await world.ReportAsync("narrative", CheckWorld.Noon, "A01.03 09001 2026-01 98.6");

        Assert.Equal(new(3, 3, 3, 0), await RunAsync(world, CheckWorld.Noon));
        Assert.Equal(Told(await world.FindAsync()), Told(await KeptAsync(world)));

        await world.ReportAsync("forms", CheckWorld.Noon.AddMinutes(1), "A01.03 09001 2026-01 98.60");
        var second = CheckWorld.Noon.AddMinutes(2);
        var found = await world.FindAsync();
        Assert.Equal("08999@2010-01-01", Assert.Single(found).Area); // the other commune is as it was

        Assert.Equal(new(3, 1, 0, 2), await RunAsync(world, second));
        Assert.Equal(Told(found), Told((await KeptAsync(world)).Where(one => one.ResolvedAt is null)));
        Assert.Equal(2, (await KeptAsync(world)).Count(one => one.ResolvedAt == second));
        Assert.Equal(new(3, 1, 0, 0), await RunAsync(world, second));
    }

    [Fact]
    public async Task Due_ASet_IsThatWasNeverCheckedOrHasNewFiguresOrOtherRules()
    {
        using var world = await CheckWorld.CreateAsync("A01.01 09001 2026-01 1");
        var stage = Stage(world, "rules");
        Assert.Equal(["xa"], await stage.ReadDueAsync(CheckWorld.Noon, Token));

        await RunAsync(world, CheckWorld.Noon);
        Assert.Empty(await stage.ReadDueAsync(CheckWorld.Noon + Rest, Token));

        Assert.Empty(await Stage(world, "others").ReadDueAsync(CheckWorld.Noon, Token));
        Assert.Equal(["xa"], await Stage(world, "others").ReadDueAsync(CheckWorld.Noon + Rest, Token));

        await world.ReportAsync("forms", CheckWorld.Noon, "A01.01 09001 2026-01 2");
        Assert.Empty(await stage.ReadDueAsync(CheckWorld.Noon + Rest - TimeSpan.FromMilliseconds(1), Token));
        Assert.Equal(["xa"], await stage.ReadDueAsync(CheckWorld.Noon + Rest, Token));
        Assert.Equal(["xa"], await stage.ReadDueAsync(CheckWorld.Noon.AddMilliseconds(-1), Token)); // the clock was set back
    }

    [Fact]
    public async Task Due_ASetWhoseCheckDidNotEnd_IsAtOnce()
    {
        using var world = await CheckWorld.CreateAsync("A01.01 09001 2026-01 1");
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await world.Ledger.BeginCheckAsync("xa", "rules", null, Token);

        Assert.Equal(["xa"], await Stage(world, "rules").ReadDueAsync(CheckWorld.Noon, Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Stage(world, "rules").RunAsync("xa", () => CheckWorld.Noon, null, stop.Token)
        );
        Assert.Equal(["xa"], await Stage(world, "rules").ReadDueAsync(CheckWorld.Noon, Token));
    }

    private static CheckStage Stage(CheckWorld world, string rules) =>
        new(world.Catalog, world.Ledger, world.Ledger, world.Ledger, rules, Rest);

    private static async Task<SetChecked> RunAsync(CheckWorld world, DateTimeOffset at) =>
        await Stage(world, "rules").RunAsync("xa", () => at, null, Token) with
        {
            Untestable = 0, // each figure is the first of its series
        };

    private static async Task<List<KeptFinding>> KeptAsync(CheckWorld world)
    {
        var kept = new List<KeptFinding>();
        await foreach (var finding in world.Ledger.ReadFindingsAsync("xa", onlyFiring: false, Token))
            kept.Add(finding);
        return kept;
    }

    private static IEnumerable<string> Told(IEnumerable<Finding> found) =>
        found
            .Select(one =>
                FormattableString.Invariant(
                    $"{one.Code} {one.Measure}/{one.Subject} {one.Area} {one.Period} {one.Source}: {one.Vietnamese} {one.Stated.Value} {one.Recomputed} {one.Difference}"
                )
            )
            .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Told(IEnumerable<KeptFinding> kept) =>
        kept.Select(one =>
                FormattableString.Invariant(
                    $"{one.Code} {one.Series.Measure}/{one.Series.Subject} {one.Series.Area} {one.Period} {one.Source}: {one.Sentence} {one.Stated} {one.Recomputed} {one.Difference}"
                )
            )
            .Order(StringComparer.Ordinal);
}
