using Quartz;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>Checks the sets to which something was reported; does nothing where another worker is at it.</summary>
[DisallowConcurrentExecution]
internal sealed class CheckJob(CheckRounds rounds) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await rounds.RunAsync(cancellationToken);
}
