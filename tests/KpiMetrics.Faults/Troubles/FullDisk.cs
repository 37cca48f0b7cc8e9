using KpiMetrics.Faults.World;

namespace KpiMetrics.Faults.Troubles;

/// <summary>Nothing is left on the disk of the ledger. PostgreSQL ends where it cannot write its log: then it is started again once there is room.</summary>
internal sealed class FullDisk : ITrouble
{
    public const string Word = "full-disk";

    public string Name => Word;

    public string? WhyNot(Site site) => site.Ledger.Disk is null ? site.Ledger.NoDisk : null;

    public async Task<string> StrikeAsync(Site site, Random random, TimeSpan span, CancellationToken cancellationToken)
    {
        var ledger = site.Ledger;
        ledger.Disk?.Fill();
        await Task.Delay(span, cancellationToken);
        ledger.Disk?.Free();
        var hadEnded = ledger.ReviveAsync is { } revive && await revive(cancellationToken);
        var end = hadEnded ? $", {ledger.Name} had ended by it" : "";
        return FormattableString.Invariant($"full for {span.TotalSeconds:F0} s{end}");
    }
}
