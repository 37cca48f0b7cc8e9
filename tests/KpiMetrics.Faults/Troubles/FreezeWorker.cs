using KpiMetrics.Faults.World;

namespace KpiMetrics.Faults.Troubles;

/// <summary>A worker does not turn for a while, and goes on as if nothing had been.</summary>
internal sealed class FreezeWorker : ITrouble
{
    public string Name => "freeze-worker";

    public string? WhyNot(Site site) => null;

    public async Task<string> StrikeAsync(Site site, Random random, TimeSpan span, CancellationToken cancellationToken)
    {
        var worker = site.Workers[random.Next(site.Workers.Count)];
        await worker.SignalAsync("STOP", cancellationToken);
        await Task.Delay(span, cancellationToken);
        await worker.SignalAsync("CONT", cancellationToken);
        return FormattableString.Invariant($"worker {worker.Number} for {span.TotalSeconds:F0} s");
    }
}
