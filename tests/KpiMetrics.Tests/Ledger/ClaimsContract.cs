using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Claims;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Ledger;

/// <summary>What every ledger must do with claims, whatever it is kept in.</summary>
public abstract class ClaimsContract
{
    private const string Work = "duty/test/T-D/D/so-y-te";

    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);
    private static readonly DateTimeOffset At = new(2026, 11, 20, 8, 0, 0, TimeSpan.FromHours(7));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A new, empty, migrated ledger.</summary>
    protected abstract Task<ILedger> CreateAsync();

    [Fact]
    public async Task Take_HeldByAnother_IsRefusedUntilItIsGivenBack()
    {
        var claims = (IClaims)await CreateAsync();

        var first = await TakeAsync(claims, "an");
        Assert.Null(await TakeAsync(claims, "binh"));
        Assert.Null(await TakeAsync(claims, "an"));
        await claims.GiveBackClaimAsync(Given(first), Token);
        var second = await TakeAsync(claims, "binh");

        Assert.Equal((1L, 2L), (first?.Fence, second?.Fence));
        Assert.Equal(Given(second), Assert.Single(await claims.ReadClaimsAsync(Token)).Claim);
    }

    [Fact]
    public async Task Take_ItsTermIsOver_PassesOnWithALargerFenceAndTheFirstKnowsAtItsNextRenewal()
    {
        var claims = (IClaims)await CreateAsync();
        var first = Given(await TakeAsync(claims, "an"));
        Assert.True(await claims.RenewClaimAsync(first, TimeSpan.Zero, Token));
        Assert.True(Assert.Single(await claims.ReadClaimsAsync(Token)).IsExpired);

        Assert.True(await claims.RenewClaimAsync(first, TimeSpan.Zero, Token)); // nobody took it
        var second = Given(await TakeAsync(claims, "binh"));

        Assert.True(second.Fence > first.Fence);
        Assert.False(await claims.RenewClaimAsync(first, Long, Token));
        await claims.GiveBackClaimAsync(first, Token);
        await claims.ForgetClaimAsync(first, Token);
        Assert.Equal(new(second, IsExpired: false), Assert.Single(await claims.ReadClaimsAsync(Token)));
    }

    [Fact]
    public async Task Take_ItsHolderIsGone_NeedNotWait()
    {
        var claims = (IClaims)await CreateAsync();
        await TakeAsync(claims, "an");

        Assert.NotNull(await claims.TryTakeClaimAsync(Work, "binh", Long, holder => holder == "an", Token));
        Assert.Null(await claims.TryTakeClaimAsync(Work, "chi", Long, holder => holder == "an", Token));
    }

    [Fact]
    public async Task Take_ByManyAtOnce_OneHasIt()
    {
        var claims = (IClaims)await CreateAsync();

        foreach (var fence in Enumerable.Range(1, 10))
        {
            var takers = Enumerable.Range(0, 8).Select(taker => Task.Run(() => TakeAsync(claims, $"{taker}")));
            var taken = Assert.Single(await Task.WhenAll(takers), claim => claim is not null);
            Assert.Equal(fence, taken?.Fence);
            await claims.GiveBackClaimAsync(Given(taken), Token);
        }
    }

    [Fact]
    public async Task Forget_AClaim_ItIsNotThereAnyMore()
    {
        var claims = (IClaims)await CreateAsync();

        await claims.ForgetClaimAsync(Given(await TakeAsync(claims, "an")), Token);

        Assert.Empty(await claims.ReadClaimsAsync(Token));
    }

    [Fact]
    public async Task Report_UnderAClaimThatIsHeld_IsKept()
    {
        var ledger = await CreateAsync();
        var claim = Given(await TakeAsync((IClaims)ledger, "an"));

        await ReportAsync(ledger, claim, 1m, () => Task.CompletedTask);

        Assert.Equal("1", await FigureAsync(ledger));
    }

    [Fact]
    public async Task Report_ItsClaimWasTakenByAnother_IsThrownAway()
    {
        var ledger = await CreateAsync();
        var claims = (IClaims)ledger;
        var stale = Given(await TakeAsync(claims, "an"));
        await claims.RenewClaimAsync(stale, TimeSpan.Zero, Token);
        var current = Given(await TakeAsync(claims, "binh"));
        await ReportAsync(ledger, current, 2m, () => Task.CompletedTask);

        await Assert.ThrowsAsync<ClaimLostException>(() => ReportAsync(ledger, stale, 1m, () => Task.CompletedTask));
        await claims.GiveBackClaimAsync(current, Token);
        await Assert.ThrowsAsync<ClaimLostException>(() => ReportAsync(ledger, stale, 1m, () => Task.CompletedTask));
        await Assert.ThrowsAsync<ClaimLostException>(() => ReportAsync(ledger, current, 1m, () => Task.CompletedTask));

        Assert.Equal("2", await FigureAsync(ledger));
    }

    [Fact]
    public async Task Report_ItsClaimIsTakenWhileItIsWritten_OneOfTheTwoFails()
    {
        var ledger = await CreateAsync();
        var claims = (IClaims)ledger;
        var claim = Given(await TakeAsync(claims, "an"));
        await claims.RenewClaimAsync(claim, TimeSpan.Zero, Token);
        Task<Claim?>? taking = null;

        var written = await Record.ExceptionAsync(() =>
            ReportAsync(
                ledger,
                claim,
                1m,
                () =>
                {
                    taking = Task.Run(() => TakeAsync(claims, "binh"));
                    return Task.WhenAny(taking, Task.Delay(TimeSpan.FromMilliseconds(200), Token));
                }
            )
        );

        // SQLite lets the taker wait for the report, so that both succeed, one after the other; PostgreSQL lets it take, and the report is stale.
        var taken = await Assert.IsType<Task<Claim?>>(taking, exactMatch: false);
        Assert.Equal(2, taken?.Fence);
        Assert.Equal(written is null ? "1" : null, await FigureAsync(ledger));
        Assert.True(written is null or ClaimLostException);
    }

    [Fact]
    public async Task Askings_TheirClaimWasTakenByAnother_AreThrownAway()
    {
        var ledger = await CreateAsync();
        var (claims, askings) = ((IClaims)ledger, (IAskings)ledger);
        var duty = new Duty("test", "T-D", Frequency.Day);
        var day = Period.Parse("2026-11-19");
        var stale = Given(await TakeAsync(claims, "an"));
        await askings.SaveAskingsAsync(duty, [new("so-y-te", day, 1, 0, At, At, At, At, At, "1 row")], stale, Token);
        await claims.RenewClaimAsync(stale, TimeSpan.Zero, Token);
        await TakeAsync(claims, "binh");

        await Assert.ThrowsAsync<ClaimLostException>(() =>
            askings.SaveAskingsAsync(duty, [new("so-y-te", day, 2, 0, At, At, At, At, At, "2 rows")], stale, Token)
        );

        Assert.Equal("1 row", Assert.Single(await askings.ReadAskingsAsync(duty, day, day, Token)).Outcome);
    }

    private static Task<Claim?> TakeAsync(IClaims claims, string holder) =>
        claims.TryTakeClaimAsync(Work, holder, Long, _ => false, Token);

    private static Claim Given(Claim? claim) => claim ?? throw new InvalidOperationException("The claim was refused.");

    private static async Task ReportAsync(ILedger ledger, Claim claim, decimal value, Func<Task> meanwhile)
    {
        var header = new ReportHeader("test", "so-y-te", "hỏi", At, false, At, "worker", Claim: claim);
        await using var report = await ledger.BeginAsync(header, Token);
        await report.AppendAsync(Series, Period.Parse("2026-11-19"), FigureValue.Of(value), 'A', Vintage.Official, null, Token);
        await meanwhile();
        await report.CommitAsync(0, Token);
    }

    private static async Task<string?> FigureAsync(ILedger ledger)
    {
        await foreach (var series in ledger.ReadAsync(new(), Token))
            return Assert.Single(Assert.Single(series.Periods).Statements).Value.ToString();
        return null;
    }

    private static SeriesKey Series => new("test", "T-D", "T-D.01", "", "98001@2025-07-01", Frequency.Day);
}
