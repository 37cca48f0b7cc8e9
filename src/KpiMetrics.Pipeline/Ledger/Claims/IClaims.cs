namespace KpiMetrics.Pipeline.Ledger.Claims;

/// <summary>Who of several processes does which work, so that no two do the same at once, and what a lost one left behind is found by the others.</summary>
/// <remarks>
/// A claim lasts for a term and is renewed meanwhile. Terms are measured by the store's own clock, the only one that all processes share; should it
/// be set, a claim ends too early or too late, and the fence still keeps what is stale out: whatever is written under a claim
/// (<see cref="ReportHeader.Claim"/>) is held against it in the same transaction.
/// </remarks>
public interface IClaims
{
    /// <summary>Takes the claim where nobody has it, its term is over, or its holder is gone; null where somebody has it. Never waits for another taker.</summary>
    /// <param name="isGone">True of a holder that is known to have ended, so that its term need not be waited for.</param>
    Task<Claim?> TryTakeClaimAsync(
        string name,
        string holder,
        TimeSpan term,
        Func<string, bool> isGone,
        CancellationToken cancellationToken
    );

    /// <summary>Makes the claim last for the term from now on. One whose term is over and that nobody else took goes on.</summary>
    /// <param name="term">Zero: others may take it at once.</param>
    /// <returns>False where somebody else took it.</returns>
    Task<bool> RenewClaimAsync(Claim claim, TimeSpan term, CancellationToken cancellationToken);

    /// <summary>Gives the claim back; does nothing where somebody else took it.</summary>
    Task GiveBackClaimAsync(Claim claim, CancellationToken cancellationToken);

    /// <summary>Forgets a claim whose name is never taken again; does nothing where somebody else took it.</summary>
    Task ForgetClaimAsync(Claim claim, CancellationToken cancellationToken);

    /// <summary>All that are held, or were when their holder was last heard of, in order of their names.</summary>
    Task<IReadOnlyList<ClaimState>> ReadClaimsAsync(CancellationToken cancellationToken);
}
