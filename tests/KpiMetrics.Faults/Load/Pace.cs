using System.Diagnostics;

namespace KpiMetrics.Faults.Load;

/// <summary>When the next report is due, whatever became of those before: offices do not wait for one another.</summary>
internal sealed class Pace(int rate)
{
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private long taken;

    /// <summary>How many reports are due and not yet begun.</summary>
    public long Late => Math.Max(0, (long)(clock.Elapsed.TotalSeconds * rate) - Volatile.Read(ref taken));

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        var due = TimeSpan.FromSeconds((double)Interlocked.Increment(ref taken) / rate) - clock.Elapsed;
        if (due > TimeSpan.Zero)
            await Task.Delay(due, cancellationToken);
    }
}
