namespace KpiMetrics.Pipeline.Ledger.Claims;

/// <summary>Takes claims in the name of one process, and renews those it holds.</summary>
/// <param name="holder">A name that no other process bears, nor this one after a restart.</param>
/// <param name="isGone">True of a holder that is known to have ended.</param>
/// <param name="term">How long a claim outlasts a process that says nothing any more; renewed three times as often.</param>
/// <param name="clock">Says when to renew; how long a claim lasts is the store's to say.</param>
public sealed class ClaimKeeper(IClaims claims, string holder, Func<string, bool> isGone, TimeSpan term, TimeProvider clock)
{
    private int held;

    public string Holder => holder;

    /// <summary>How many this process holds.</summary>
    public int Held => Volatile.Read(ref held);

    /// <summary>Null where somebody else has it.</summary>
    public async Task<HeldClaim?> TryTakeAsync(string name, CancellationToken cancellationToken)
    {
        if (await claims.TryTakeClaimAsync(name, holder, term, isGone, cancellationToken) is not { } claim)
            return null;
        Interlocked.Increment(ref held);
        return new(claims, claim, term, clock, () => Interlocked.Decrement(ref held));
    }

    /// <summary>Waits until nobody else has it.</summary>
    public async Task<HeldClaim> TakeAsync(string name, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await TryTakeAsync(name, cancellationToken) is { } taken)
                return taken;
            await Task.Delay(TimeSpan.FromMilliseconds(250), clock, cancellationToken);
        }
    }

    /// <summary>Whether the holder of the claim is known to do nothing under it any more.</summary>
    public bool IsOver(ClaimState state) => state.IsExpired || isGone(state.Claim.Holder);
}
