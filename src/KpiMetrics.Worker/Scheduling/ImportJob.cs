using Quartz;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>Looks whether an import in another process recorded figures, so that thresholds do not wait for the round of all alerts.</summary>
[DisallowConcurrentExecution]
internal sealed class ImportJob(ImportRounds rounds) : IJob
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await rounds.RunAsync(cancellationToken);
}
