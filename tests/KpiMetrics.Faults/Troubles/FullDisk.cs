using KpiMetrics.Faults.World;

namespace KpiMetrics.Faults.Troubles;

/// <summary>Nothing is left on the disk of the ledger.</summary>
internal sealed class FullDisk : ITrouble
{
    public string Name => "full-disk";

    public string? WhyNot(Site site) => site.Disk is null ? site.NoDisk : null;

    public async Task<string> StrikeAsync(Site site, Random random, TimeSpan span, CancellationToken cancellationToken)
    {
        site.Disk?.Fill();
        await Task.Delay(span, cancellationToken);
        site.Disk?.Free();
        return FormattableString.Invariant($"full for {span.TotalSeconds:F0} s");
    }
}
