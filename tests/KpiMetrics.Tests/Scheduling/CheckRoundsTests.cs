using KpiMetrics.Pipeline.Checks;
using KpiMetrics.Pipeline.Ledger.Claims;
using KpiMetrics.Pipeline.Ledger.Sqlite;
using KpiMetrics.Tests.Api;
using KpiMetrics.Tests.Checks;
using KpiMetrics.Tests.Support;
using KpiMetrics.Worker.Scheduling;
using Microsoft.Extensions.Logging;

namespace KpiMetrics.Tests.Scheduling;

public sealed class CheckRoundsTests : IDisposable
{
    private static readonly TimeSpan Term = TimeSpan.FromMinutes(10);

    private readonly LogLines lines = new();
    private readonly LoggerFactory logs;

    public CheckRoundsTests() => logs = new([lines]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => logs.Dispose();

    [Fact]
    public async Task Run_NewFigures_AreCheckedOnceWithOneLine()
    {
        using var world = await CheckWorld.CreateAsync("A01.01 09001 2026-01 10", "A01.02 09001 2026-01 11");
        var clock = new ManualClock(CheckWorld.Noon);
        var rounds = Rounds(world.Ledger, world, "an", clock);

        await rounds.RunAsync(Token);
        await rounds.RunAsync(Token);

        Assert.Equal("xa: checked 2 measures, 1 findings (1 new, 0 resolved)", Assert.Single(Said("xa: ")));

        await world.ReportAsync("forms", CheckWorld.Noon.AddSeconds(1), "A01.02 09001 2026-01 9");
        clock.Advance(TimeSpan.FromMinutes(4));
        await rounds.RunAsync(Token);
        Assert.Single(Said("xa: "));
        clock.Advance(TimeSpan.FromMinutes(1));
        await rounds.RunAsync(Token);
        Assert.Equal("xa: checked 2 measures, 0 findings (0 new, 1 resolved)", Said("xa: ").Last());
        Assert.Empty(await world.Ledger.ReadClaimsAsync(Token));
    }

    [Fact]
    public async Task Run_AnotherWorkerIsAtIt_LeavesItToThatOne()
    {
        using var world = await CheckWorld.CreateAsync("A01.01 09001 2026-01 10");
        var clock = new ManualClock(CheckWorld.Noon);
        var rounds = Rounds(world.Ledger, world, "an", clock);

        await using (var held = await Keeper(world.Ledger, "binh", clock).TryTakeAsync(ClaimNames.Checks, Token))
        {
            Assert.NotNull(held);
            await rounds.RunAsync(Token);
            Assert.Empty(await world.Ledger.ReadChecksAsync(Token));
        }
        await rounds.RunAsync(Token);

        Assert.True(Assert.Single(await world.Ledger.ReadChecksAsync(Token)).IsCurrent);
    }

    [Fact]
    public async Task Run_TheLedgerFails_SaysSoOnceAndGoesOnOnceItIsBack()
    {
        using var world = await CheckWorld.CreateAsync();
        using var folder = new TempFolder();
        var ledger = new SqliteLedger(folder.File("ledger.db")); // nothing is in it yet
        var rounds = Rounds(ledger, world, "an", new ManualClock(CheckWorld.Noon));

        await rounds.RunAsync(Token);
        await rounds.RunAsync(Token);
        Assert.Contains("no such table", Assert.Single(Said("Figures are not checked")), StringComparison.Ordinal);

        await ledger.MigrateAsync(CheckWorld.Noon, Token);
        await rounds.RunAsync(Token);
        Assert.True(Assert.Single(await ledger.ReadChecksAsync(Token)).IsCurrent);
        Assert.Empty(Said("xa: ")); // nothing was reported: nothing to tell
    }

    [Fact]
    public async Task Run_ToldToStop_StopsAndTheNextRoundChecksAgain()
    {
        using var world = await CheckWorld.CreateAsync("A01.01 09001 2026-01 10", "A01.02 09001 2026-01 11");
        var clock = new ManualClock(CheckWorld.Noon);
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Rounds(world.Ledger, world, "an", clock).RunAsync(stop.Token)
        );
        await Rounds(world.Ledger, world, "binh", clock).RunAsync(Token);

        Assert.True(Assert.Single(await world.Ledger.ReadChecksAsync(Token)).IsCurrent);
    }

    private CheckRounds Rounds(SqliteLedger ledger, CheckWorld world, string holder, ManualClock clock) =>
        new(
            new CheckStage(world.Catalog, ledger, ledger, ledger, "rules", TimeSpan.FromMinutes(5)),
            Keeper(ledger, holder, clock),
            clock,
            logs.CreateLogger<CheckRounds>()
        );

    private static ClaimKeeper Keeper(SqliteLedger ledger, string holder, ManualClock clock) =>
        new(ledger, holder, _ => false, Term, clock);

    // What was said, from the words on; how long it took is nobody's to say.
    private IEnumerable<string> Said(string words) =>
        lines
            .All.Split('\n')
            .Where(line => line.Contains(words, StringComparison.Ordinal))
            .Select(line => line[line.IndexOf(words, StringComparison.Ordinal)..].Split(" in ")[0].Trim());
}
