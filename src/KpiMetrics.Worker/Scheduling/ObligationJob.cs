using Quartz;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>Creates the obligations whose time has come, and looks whether an emergency began or ended.</summary>
[DisallowConcurrentExecution]
internal sealed class ObligationJob(ObligationRounds rounds, TimeProvider clock) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var before = rounds.Hourly;
        await rounds.RunAsync(clock.GetUtcNow(), cancellationToken);
        // The jobs follow now, not at their own next second: an emergency is live within two.
        if (!rounds.Hourly.SetEquals(before))
            await context.Scheduler.TriggerJob(new JobKey(nameof(SyncJob)), cancellationToken: cancellationToken);
    }
}
