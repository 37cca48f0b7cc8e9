using Quartz;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>Looks into every inbox, so that a file does not wait for its indicator's turn.</summary>
[DisallowConcurrentExecution]
internal sealed class InboxJob(CollectionRounds rounds, TimeProvider clock) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await rounds.AllInboxesAsync(clock.GetUtcNow(), cancellationToken);
}
