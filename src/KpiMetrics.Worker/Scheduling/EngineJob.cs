using Quartz;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>Writes the engine's own figures to InfluxDB.</summary>
[DisallowConcurrentExecution]
internal sealed class EngineJob(EngineRounds rounds, TimeProvider clock) : IJob
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await rounds.RunAsync(clock.GetUtcNow(), cancellationToken);
}
