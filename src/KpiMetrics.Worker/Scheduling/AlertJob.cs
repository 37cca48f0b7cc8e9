using Quartz;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>Looks after the alerts; does nothing where another worker does.</summary>
[DisallowConcurrentExecution]
internal sealed class AlertJob(AlertRounds rounds) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await rounds.RunAsync(cancellationToken);
}
