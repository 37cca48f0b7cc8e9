using KpiMetrics.Pipeline.Ledger.Claims;

namespace KpiMetrics.Simulation.Running;

/// <summary>Claims of the one process that runs at a time: whoever holds any was killed before.</summary>
internal static class Alone
{
    public static ClaimKeeper On(IClaims claims) =>
        new(claims, "child", _ => true, TimeSpan.FromSeconds(10), TimeProvider.System);
}
