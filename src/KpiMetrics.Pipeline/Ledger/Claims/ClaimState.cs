namespace KpiMetrics.Pipeline.Ledger.Claims;

/// <summary>A claim that was not given back.</summary>
/// <param name="IsExpired">Its term is over, so that anybody may take it.</param>
public sealed record ClaimState(Claim Claim, bool IsExpired);
