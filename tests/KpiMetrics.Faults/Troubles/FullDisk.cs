using KpiMetrics.Faults.World;

namespace KpiMetrics.Faults.Troubles;

/// <summary>Nothing is left on the disk of the ledger.</summary>
internal sealed class FullDisk : ITrouble
{
    public string Name => "full-disk";

    public string? WhyNot(Site site) =>
        site switch
        {
            { Disk: null } => site.NoDisk,
            { Ledger.Port: not null } => "the ledger's server keeps its data on another disk",
            _ => null,
        };

    public async Task<string> StrikeAsync(Site site, Random random, TimeSpan span, CancellationToken cancellationToken)
    {
        site.Disk?.Fill();
        await Task.Delay(span, cancellationToken);
        site.Disk?.Free();
        return FormattableString.Invariant($"full for {span.TotalSeconds:F0} s");
    }
}
