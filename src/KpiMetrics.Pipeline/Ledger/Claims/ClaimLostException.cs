namespace KpiMetrics.Pipeline.Ledger.Claims;

/// <summary>Somebody else has the claim by now, as this process stood still or was cut off: what it was about to write is stale, and nothing of it is kept.</summary>
public sealed class ClaimLostException(string message) : Exception(message)
{
    public static ClaimLostException Of(Claim claim) =>
        new($"{claim.Name} was claimed by somebody else meanwhile; what {claim.Holder} was about to write is thrown away");
}
