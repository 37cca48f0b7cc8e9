using System.Data.Common;

namespace KpiMetrics.Pipeline.Ledger.Claims;

/// <summary>A claim that is renewed until it is disposed, which gives it back.</summary>
/// <remarks>
/// A process that stood still, or was cut off from the ledger for longer than the term, finds <see cref="Lost"/> cancelled once it goes on. What it
/// writes before it notices is kept out by the ledger.
/// </remarks>
public sealed class HeldClaim : IAsyncDisposable
{
    private readonly IClaims claims;
    private readonly TimeSpan term;
    private readonly TimeProvider clock;
    private readonly Action onEnd;
    private readonly CancellationTokenSource lost = new();
    private readonly CancellationTokenSource end = new();
    private readonly Task renewing;
    private bool isForgotten;

    internal HeldClaim(IClaims claims, Claim claim, TimeSpan term, TimeProvider clock, Action onEnd)
    {
        (this.claims, Claim, this.term, this.clock, this.onEnd) = (claims, claim, term, clock, onEnd);
        Lost = lost.Token;
        renewing = RenewAsync(clock.GetTimestamp());
    }

    public Claim Claim { get; }

    /// <summary>Cancelled once somebody else has the claim, or may have it.</summary>
    public CancellationToken Lost { get; }

    /// <summary>Goes on renewing nothing: others may take the claim at once.</summary>
    public async Task AbandonAsync(CancellationToken cancellationToken)
    {
        await StopRenewingAsync();
        isForgotten = true;
        await claims.RenewClaimAsync(Claim, TimeSpan.Zero, cancellationToken);
    }

    /// <summary>Gives the claim back for good: its name is never taken again.</summary>
    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        await StopRenewingAsync();
        isForgotten = true;
        await claims.ForgetClaimAsync(Claim, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await StopRenewingAsync();
        onEnd();
        try
        {
            if (!isForgotten)
                await claims.GiveBackClaimAsync(Claim, CancellationToken.None);
        }
        catch (DbException)
        {
            // It ends with its term.
        }
        lost.Dispose();
        end.Dispose();
    }

    private async Task StopRenewingAsync()
    {
        await end.CancelAsync();
        await renewing;
    }

    private async Task RenewAsync(long good)
    {
        using var timer = new PeriodicTimer(term * 0.3, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(end.Token))
            {
                if (await TryRenewAsync(good) is { } isOurs)
                {
                    if (!isOurs)
                        break;
                    good = clock.GetTimestamp();
                }
                else if (clock.GetElapsedTime(good) >= term)
                    break;
            }
            await lost.CancelAsync();
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Given back.
        }
    }

    // Null where nobody knows: the ledger is away, or says nothing within what is left of the term.
    private async Task<bool?> TryRenewAsync(long good)
    {
        var left = term - clock.GetElapsedTime(good);
        try
        {
            var renewal = claims.RenewClaimAsync(Claim, term, end.Token);
            return left > TimeSpan.Zero ? await renewal.WaitAsync(left, clock, end.Token) : await renewal;
        }
        catch (Exception fault) when (fault is DbException or IOException or TimeoutException)
        {
            return null;
        }
    }
}
