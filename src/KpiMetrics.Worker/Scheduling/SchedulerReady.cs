using KpiMetrics.Worker.Api;
using KpiMetrics.Worker.Scheduling.Cluster;
using Quartz;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>Jobs are being run.</summary>
internal sealed class SchedulerReady(ISchedulerFactory factory, Doorbells doorbells) : IReadyCheck
{
    public string Name => "scheduler";

    public async Task<string?> FindFaultAsync(CancellationToken cancellationToken)
    {
        IScheduler[] schedulers = [await factory.GetScheduler(cancellationToken), await doorbells.FindAsync(cancellationToken)];
        return schedulers.FirstOrDefault(scheduler => scheduler.Status != SchedulerStatus.Running) is { } idle
            ? $"Quartz is {idle.Status}; Running is needed"
            : null;
    }
}
