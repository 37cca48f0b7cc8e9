namespace KpiMetrics.Pipeline.Ledger;

/// <summary>Asks for the right to publish.</summary>
/// <param name="Holder">A name that no other process bears, nor this one after a restart.</param>
/// <param name="At">Now.</param>
/// <param name="Term">How long the lease is good without being renewed.</param>
/// <param name="Grace">
/// How long a former holder that did not give its lease back may still be writing: what it had on its way is published once more after that.
/// </param>
public sealed record LeaseRequest(string Holder, DateTimeOffset At, TimeSpan Term, TimeSpan Grace)
{
    /// <summary>True of a holder that is known to have ended, so that its term need not be waited for.</summary>
    public Func<string, bool> IsGone { get; init; } = _ => false;
}
