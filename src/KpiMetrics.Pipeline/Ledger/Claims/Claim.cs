namespace KpiMetrics.Pipeline.Ledger.Claims;

/// <summary>The right to do one piece of work, which one holder has at a time.</summary>
/// <param name="Name">Of the work, such as <c>duty/lao-cai/LC-C01/H/so-y-te</c>.</param>
/// <param name="Holder">A name that no other process bears, nor this one after a restart.</param>
/// <param name="Fence">Grows each time the claim is taken: what still comes under a smaller one is stale.</param>
public sealed record Claim(string Name, string Holder, long Fence);
