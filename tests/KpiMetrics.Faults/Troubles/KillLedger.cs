using KpiMetrics.Faults.World;

namespace KpiMetrics.Faults.Troubles;

/// <summary>kill -9 of PostgreSQL, started again.</summary>
internal sealed class KillLedger : ITrouble
{
    public string Name => "kill-postgres";

    public string? WhyNot(Site site) =>
        site.Ledger.KillAsync is null ? $"the ledger is {site.Ledger.Name}: no process of its own" : null;

    public async Task<string> StrikeAsync(Site site, Random random, TimeSpan span, CancellationToken cancellationToken)
    {
        if (site.Ledger.KillAsync is { } kill)
            await kill(cancellationToken);
        return "started again at once";
    }
}
