using Quartz;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>Counts what is overdue and missing, for whoever watches.</summary>
[DisallowConcurrentExecution]
internal sealed class OpenCountJob(OpenCount count, TimeProvider clock) : IJob
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await count.RunAsync(clock.GetUtcNow(), cancellationToken);
}
