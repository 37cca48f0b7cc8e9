using Quartz;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>Publishes what changed; does nothing where another process is at it.</summary>
/// <remarks>It looks again and again within its second, as a correction is to be seen within one.</remarks>
[DisallowConcurrentExecution]
internal sealed class PublishJob(PublishRounds rounds, TimeProvider clock) : IJob
{
    private static readonly TimeSpan Length = TimeSpan.FromMilliseconds(750);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var began = clock.GetTimestamp();
        while (true)
        {
            await rounds.RunAsync(clock.GetUtcNow(), cancellationToken);
            if (clock.GetElapsedTime(began) + Pause > Length)
                return;
            await Task.Delay(Pause, clock, cancellationToken);
        }
    }
}
