using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger.Claims;
using KpiMetrics.Pipeline.Obligations;
using KpiMetrics.Tests.Api;
using KpiMetrics.Tests.Ledger;
using KpiMetrics.Tests.Obligations;
using KpiMetrics.Tests.Support;
using KpiMetrics.Worker.Scheduling;
using Microsoft.Extensions.Logging;

namespace KpiMetrics.Tests.Scheduling;

public sealed class ObligationRoundsTests : IDisposable
{
    private const string Stale = "obligations was claimed by somebody else meanwhile";

    private static readonly TimeSpan Term = TimeSpan.FromMinutes(10);
    private static readonly DateTimeOffset Now = DutyWorld.At("2026-02-01T02:00");

    private readonly TempFolder folder = new();
    private readonly LogLines lines = new();
    private readonly LoggerFactory logs;
    private readonly ManualClock clock = new(Now);

    public ObligationRoundsTests() => logs = new([lines]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        logs.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Run_AnotherTookTheClaimWhileThisStoodStill_SaysSoAndKeepsNothingOfIt()
    {
        var ledger = await StormAsync();
        HeldClaim? theirs = null;
        await using var rounds = Rounds(
            ledger,
            async cancellationToken => theirs = await TakeOverAsync(ledger, cancellationToken)
        );

        await rounds.RunAsync(Now, Token);

        Assert.NotNull(theirs);
        await using var held = theirs;
        Assert.Contains(Stale, lines.All, StringComparison.Ordinal);
        Assert.Empty(await ledger.AllAsync(new(Frequency: Frequency.Hour)));
        Assert.Equal("binh", Assert.Single(await ((IClaims)ledger.Ledger).ReadClaimsAsync(Token)).Claim.Holder);
    }

    [Fact]
    public async Task Run_LosesTheClaimInTheMiddle_StopsWhereItIs()
    {
        var ledger = await StormAsync();
        HeldClaim? theirs = null;
        await using var rounds = Rounds(
            ledger,
            async cancellationToken =>
            {
                theirs = await TakeOverAsync(ledger, cancellationToken);
                clock.Advance(Term / 2); // renews, and finds out
                await new TaskCompletionSource().Task.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
            }
        );

        await rounds.RunAsync(Now, Token);

        Assert.NotNull(theirs);
        await using var held = theirs;
        Assert.Contains(Stale, lines.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NobodyElseIsThere_CreatesTheHours()
    {
        var ledger = await StormAsync();
        await using var rounds = Rounds(ledger, _ => Task.CompletedTask);

        await rounds.RunAsync(Now, Token);

        Assert.Equal(2, (await ledger.AllAsync(new(Frequency: Frequency.Hour))).Count);
        Assert.DoesNotContain(Stale, lines.All, StringComparison.Ordinal);
    }

    private async Task<DutyLedger> StormAsync()
    {
        var ledger = new DutyLedger(await SqliteLedgers.CreateAsync(folder, "ledger.db"));
        var storm = DutyWorld.Emergency("2026-02-01T02:00", "2026-02-01T08:00", DutyWorld.One);
        await ledger.Emergencies.DeclareAsync(storm, "bão", Token);
        return ledger;
    }

    // As a worker does that takes the one before it for lost.
    private static async Task<HeldClaim> TakeOverAsync(DutyLedger ledger, CancellationToken cancellationToken)
    {
        var keeper = new ClaimKeeper((IClaims)ledger.Ledger, "binh", holder => holder == "an", Term, TimeProvider.System);
        var taken = await keeper.TryTakeAsync(ClaimNames.Obligations, cancellationToken);
        Assert.NotNull(taken);
        return taken;
    }

    private ObligationRounds Rounds(DutyLedger ledger, Func<CancellationToken, Task> meanwhile) =>
        new(
            new ObligationStage(
                DutyWorld.CatalogOf(DutyWorld.Hourly),
                "a",
                null,
                ledger.Obligations,
                new StillEmergencies(ledger.Emergencies, meanwhile),
                TestCatalog.Zone
            ),
            new ClaimKeeper((IClaims)ledger.Ledger, "an", _ => false, Term, clock),
            logs.CreateLogger<ObligationRounds>()
        );
}
