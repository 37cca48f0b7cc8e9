using System.Diagnostics;
using KpiMetrics.Faults.World;

namespace KpiMetrics.Faults.Running;

/// <summary>Looks every few seconds how it goes, and says so in one line.</summary>
internal sealed class Watch(Site site, Office office, TextWriter output)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly List<Sample> samples = [];
    private volatile string doing = "";

    public TimeSpan Elapsed => clock.Elapsed;

    public IReadOnlyList<Sample> Samples
    {
        get
        {
            lock (samples)
                return [.. samples];
        }
    }

    /// <summary>What goes wrong just now.</summary>
    public string Doing
    {
        get => doing;
        set => doing = value;
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var tick = new PeriodicTimer(Between);
        var before = 0L;
        try
        {
            while (await tick.WaitForNextTickAsync(cancellationToken))
            {
                var sample = await LookAsync(cancellationToken);
                lock (samples)
                    samples.Add(sample);
                var memory = string.Join('+', sample.Memory.Select(bytes => FormattableString.Invariant($"{bytes >> 20}")));
                await output.WriteLineAsync(
                    FormattableString.Invariant(
                        $"{sample.At.TotalSeconds, 6:F0} s  {sample.Pushes, 8} answered  {(sample.Pushes - before) / Between.TotalSeconds, 5:F0}/s  late {sample.Late, 6}  waiting {sample.Waiting, 7}  {memory} MiB  {doing}"
                    )
                );
                before = sample.Pushes;
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }

    private async Task<Sample> LookAsync(CancellationToken cancellationToken)
    {
        long? waiting = null;
        try
        {
            waiting = await site.WaitingAsync(cancellationToken);
        }
        catch (System.Data.Common.DbException)
        {
            // The ledger is away.
        }
        return new(
            clock.Elapsed,
            office.Journal.Pushes,
            office.Late,
            waiting,
            [.. site.Workers.Select(worker => worker.UsedMemory)]
        );
    }
}
