using Quartz;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>Publishes what changed; does nothing where another process is at it.</summary>
[DisallowConcurrentExecution]
internal sealed class PublishJob(PublishRounds rounds, TimeProvider clock) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await rounds.RunAsync(clock.GetUtcNow(), cancellationToken);
}
