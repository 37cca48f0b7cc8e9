using System.Collections.Concurrent;
using KpiMetrics.Core.Obligations;
using Quartz;

namespace KpiMetrics.Benchmarks.Jobs;

/// <summary>Notes of every fire how late it was, and which were left out.</summary>
internal sealed class FireLog(TimeProvider clock) : IJobListener
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> lastFires = [];
    private long skipped;

    public string Name => nameof(FireLog);

    /// <summary>In milliseconds.</summary>
    public ConcurrentQueue<float> Lateness { get; } = [];

    public long Skipped => Interlocked.Read(ref skipped);

    public ValueTask JobToBeExecuted(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var job = context.JobDetail.Key.Name;
        if (context.ScheduledFireTimeUtc is { } scheduled && Duty.TryParse(job, out _))
        {
            Lateness.Enqueue((float)(clock.GetUtcNow() - scheduled).TotalMilliseconds);
            if (lastFires.TryGetValue(job, out var last) && scheduled - last > Interval)
                Interlocked.Add(ref skipped, (long)((scheduled - last) / Interval) - 1);
            lastFires[job] = scheduled;
        }
        return ValueTask.CompletedTask;
    }
}
