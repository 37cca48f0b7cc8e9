using System.Diagnostics;

namespace KpiMetrics.Benchmarks.Intake;

/// <summary>The shortest of several turns, by the clock on the wall and by what this process used of the processors.</summary>
internal sealed class BestTime
{
    public double Seconds { get; private set; } = double.MaxValue;

    /// <summary>Of all threads together; hardly disturbed by what else runs on the machine.</summary>
    public double CpuSeconds { get; private set; } = double.MaxValue;

    public async Task MeasureAsync(Func<Task> run)
    {
        GC.Collect();
        var (start, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        await run();
        Seconds = Math.Min(Seconds, Stopwatch.GetElapsedTime(start).TotalSeconds);
        CpuSeconds = Math.Min(CpuSeconds, (Environment.CpuUsage.TotalTime - used).TotalSeconds);
    }
}
