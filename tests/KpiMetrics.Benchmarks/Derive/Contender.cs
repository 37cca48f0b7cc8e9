using System.Diagnostics;

namespace KpiMetrics.Benchmarks.Derive;

/// <summary>Somebody who derives everything once in <paramref name="run"/>, and the best time of all turns.</summary>
internal sealed class Contender(string name, Peer peer, Func<Task> run)
{
    public string Name => name;

    public Peer Peer => peer;

    public double BestSeconds { get; private set; } = double.MaxValue;

    public async Task TakeTurnAsync()
    {
        GC.Collect();
        var start = Stopwatch.GetTimestamp();
        await run();
        BestSeconds = Math.Min(BestSeconds, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }
}
