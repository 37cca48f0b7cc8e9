using KpiMetrics.Faults.Checking;
using KpiMetrics.Faults.Wires;
using KpiMetrics.Faults.World;

namespace KpiMetrics.Faults.Running;

/// <summary>
/// A worker is killed in the middle of a job. Then each is frozen in turn while it publishes, with what it has just sent held up on the way; the other goes on with newer figures. Then it
/// wakes, and what it sent arrives. Nothing of it may be left: the end is held against the ledger as always.
/// </summary>
internal sealed class TwoWorkers(Site site, Office office, FaultOptions options, Watch watch, TextWriter output) : IScenario
{
    private readonly Dictionary<string, object> figures = [];

    public IReadOnlyDictionary<string, object> Figures => figures;

    public async Task RunAsync(Losses losses, CancellationToken cancellationToken)
    {
        if (site.Pulled is { } pulled)
        {
            var job = new HalfDoneJob(site, pulled, watch, output);
            await job.RunAsync(losses, cancellationToken);
            foreach (var (name, value) in job.Figures)
                figures[name] = value;
        }
        var frozen = TimeSpan.FromSeconds(options.Every);
        var rounds = 0;
        var slowest = double.MaxValue;
        for (var end = watch.Elapsed + TimeSpan.FromMinutes(options.Minutes); watch.Elapsed < end; rounds++)
        {
            var worker = site.Workers[rounds % site.Workers.Count];
            watch.Doing = FormattableString.Invariant($"worker {worker.Number} held up, then frozen");
            worker.Influx.Set(new(TroubleKind.Silent));
            await Task.Delay(TimeSpan.FromSeconds(2), cancellationToken); // a round begins every second: now one is on its way
            await worker.SignalAsync("STOP", cancellationToken);
            var (begun, before) = (watch.Elapsed, office.Journal.Pushes);
            await Task.Delay(frozen, cancellationToken);
            var rate = (office.Journal.Pushes - before) / (watch.Elapsed - begun).TotalSeconds;
            slowest = Math.Min(slowest, rate);
            worker.Influx.Set(Trouble.None);
            await worker.SignalAsync("CONT", cancellationToken);
            await output.WriteLineAsync(
                FormattableString.Invariant(
                    $"worker {worker.Number} was frozen for {frozen.TotalSeconds:F0} s; the others took {rate:F0} reports/s"
                )
            );
            await Task.Delay(TimeSpan.FromSeconds(5), cancellationToken);
        }
        figures["freezes"] = rounds;
        figures["lowest_pushes_per_second_frozen"] = Math.Round(slowest, 1);
        if (site.Workers.Count > 1 && slowest < options.Rate * 0.5)
            losses.Add("workers", FormattableString.Invariant($"only {slowest:F0} reports/s while one worker was frozen"));
    }
}
