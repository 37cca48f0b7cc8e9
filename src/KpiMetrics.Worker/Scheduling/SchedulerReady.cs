using KpiMetrics.Worker.Api;
using Quartz;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>Jobs are being run.</summary>
internal sealed class SchedulerReady(ISchedulerFactory factory) : IReadyCheck
{
    public string Name => "scheduler";

    public async Task<string?> FindFaultAsync(CancellationToken cancellationToken)
    {
        var status = (await factory.GetScheduler(cancellationToken)).Status;
        return status == SchedulerStatus.Running ? null : $"Quartz is {status}; Running is needed";
    }
}
