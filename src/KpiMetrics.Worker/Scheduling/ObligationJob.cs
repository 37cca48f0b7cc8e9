using Quartz;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>Creates the obligations whose time has come, and looks whether an emergency began or ended.</summary>
[DisallowConcurrentExecution]
internal sealed class ObligationJob(ObligationRounds rounds, TimeProvider clock) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await rounds.RunAsync(clock.GetUtcNow(), cancellationToken);
}
