using System.Globalization;
using KpiMetrics.Pipeline.Ledger.Claims;

namespace KpiMetrics.Simulation.Running;

/// <summary>Claims of the one process that runs at a time: whoever else holds any was killed before.</summary>
internal static class Alone
{
    public static ClaimKeeper On(IClaims claims)
    {
        var own = string.Create(CultureInfo.InvariantCulture, $"child-{Environment.ProcessId}");
        return new(claims, own, holder => holder != own, TimeSpan.FromSeconds(10), TimeProvider.System);
    }
}
