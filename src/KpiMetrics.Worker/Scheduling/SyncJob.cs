using KpiMetrics.Worker.Scheduling.Cluster;
using Quartz;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>Brings the jobs to what they should be, every second.</summary>
[DisallowConcurrentExecution]
internal sealed class SyncJob(JobSync sync, Doorbells doorbells, TimeProvider clock) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await sync.RunAsync(
            await doorbells.FindAsync(cancellationToken),
            clock.GetUtcNow(),
            cancellationToken,
            doorbells.IsShared
        );
}
