using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Checks.Statistics;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Claims;
using KpiMetrics.Pipeline.Ledger.Sqlite;
using KpiMetrics.Tests.Api;
using KpiMetrics.Tests.Checks;
using KpiMetrics.Tests.Checks.Statistics;
using KpiMetrics.Tests.Support;
using KpiMetrics.Worker.Scheduling;
using Microsoft.Extensions.Logging;

namespace KpiMetrics.Tests.Scheduling;

/// <summary>What was just taken in is tested at once, by one worker at a time, and nothing is forgotten where another is at it.</summary>
public sealed class TouchedRoundsTests : IDisposable
{
    private static readonly TimeSpan Term = TimeSpan.FromMinutes(10);

    private readonly LogLines lines = new();
    private readonly LoggerFactory logs;
    private readonly ManualClock clock = new(CheckWorld.Noon);
    private readonly TouchedSeries touched = new();

    public TouchedRoundsTests() => logs = new([lines]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => logs.Dispose();

    [Fact]
    public async Task Run_ASeriesThatSlipped_KeepsTheFindingWithOneLine()
    {
        using var world = await WorldAsync();
        Add(world, "forms");

        await Rounds(world, "an").RunAsync(Token);
        await Rounds(world, "an").RunAsync(Token);

        Assert.Equal("unit-slip", Assert.Single(await KeptAsync(world.Ledger)).Code);
        var line = Assert.Single(lines.All.Split('\n'), line => line.Contains("xa: ", StringComparison.Ordinal));
        Assert.Contains(
            "12 figures that just came held against their past, 1 new findings, 0 resolved",
            line,
            StringComparison.Ordinal
        );
        Assert.Empty(await world.Ledger.ReadClaimsAsync(Token));
    }

    [Fact]
    public async Task Run_AnotherWorkerChecks_IsDoneAfterwards()
    {
        using var world = await WorldAsync();
        Add(world, "forms");
        await touched.WaitAsync(Token);

        await using (var held = await Keeper(world.Ledger, "binh").TryTakeAsync(ClaimNames.Checks, Token))
        {
            Assert.NotNull(held);
            await Rounds(world, "an").RunAsync(Token);
            Assert.Empty(await KeptAsync(world.Ledger));
        }
        await touched.WaitAsync(Token);
        await Rounds(world, "an").RunAsync(Token);

        Assert.Single(await KeptAsync(world.Ledger));
    }

    [Fact]
    public async Task Add_MadeUpFigures_AreNotTested()
    {
        using var world = await WorldAsync();
        Add(world, "demo");

        Assert.Empty(touched.Take());
    }

    private static Task<CheckWorld> WorldAsync() =>
        CheckWorld.CreateAsync(
            Communes.Change,
            Communes.Lines("2022-01", "2026-02").Append(Communes.Wrong("09001", "2026-03", 1000m))
        );

    private void Add(CheckWorld world, string source) => touched.Add(source, [world.Key("A02.01", "09001", Frequency.Month)]);

    private TouchedRounds Rounds(CheckWorld world, string holder) =>
        new(
            new TouchedChecks(world.Catalog, world.Ledger, world.Ledger, world.Ledger),
            touched,
            Keeper(world.Ledger, holder),
            clock,
            logs.CreateLogger<TouchedRounds>()
        );

    private ClaimKeeper Keeper(SqliteLedger ledger, string holder) => new(ledger, holder, _ => false, Term, clock);

    private static async Task<List<KeptFinding>> KeptAsync(SqliteLedger ledger)
    {
        var kept = new List<KeptFinding>();
        await foreach (var finding in ledger.ReadFindingsAsync("xa", onlyFiring: false, Token))
            kept.Add(finding);
        return kept;
    }
}
