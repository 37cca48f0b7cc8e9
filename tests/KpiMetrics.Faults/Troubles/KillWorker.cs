using KpiMetrics.Faults.World;

namespace KpiMetrics.Faults.Troubles;

/// <summary>kill -9 of a worker, started again at once or after a while.</summary>
internal sealed class KillWorker : ITrouble
{
    public string Name => "kill-worker";

    public string? WhyNot(Site site) => null;

    public async Task<string> StrikeAsync(Site site, Random random, TimeSpan span, CancellationToken cancellationToken)
    {
        var worker = site.Workers[random.Next(site.Workers.Count)];
        var away = random.Next(2) == 0 ? TimeSpan.Zero : span / 2;
        await worker.KillAsync(Task.Delay(away, cancellationToken));
        return FormattableString.Invariant($"worker {worker.Number}, away for {away.TotalSeconds:F0} s");
    }
}
