using KpiMetrics.Faults.World;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.Faults.Troubles;

/// <summary>The clock of a worker is set ahead or back while it runs, and put right again; killed before and after, as only then it can have such a clock.</summary>
internal sealed class StepClock : ITrouble
{
    /// <summary>No step is larger, to either side.</summary>
    public static readonly TimeSpan Furthest = TimeSpan.FromSeconds(Seconds);

    private const int Seconds = 3600;

    public string Name => "step-clock";

    public string? WhyNot(Site site) => site.Clock.CanStep ? null : $"{WorldClock.Variable} names no libfaketime";

    public async Task<string> StrikeAsync(Site site, Random random, TimeSpan span, CancellationToken cancellationToken)
    {
        var worker = site.Workers[random.Next(site.Workers.Count)];
        var step = TimeSpan.FromSeconds(random.Next(2) == 0 ? random.Next(-Seconds, -1) : random.Next(1, Seconds));
        worker.HasOwnClock = true;
        await worker.KillAsync(Task.CompletedTask);
        await Eventually.SeesAsync(
            "a worker with a clock of its own",
            () => worker.IsReadyAsync(cancellationToken),
            isReady => isReady,
            TimeSpan.FromMinutes(3),
            cancellationToken
        );
        await Task.Delay(span / 2, cancellationToken);
        site.Clock.Set(worker.Number, step);
        await Task.Delay(span / 2, cancellationToken);
        site.Clock.Set(worker.Number, TimeSpan.Zero);
        await Task.Delay(span / 4, cancellationToken);
        worker.HasOwnClock = false;
        await worker.KillAsync(Task.CompletedTask);
        return FormattableString.Invariant(
            $"worker {worker.Number} by {step.TotalSeconds:F0} s for {span.TotalSeconds / 2:F0} s"
        );
    }
}
