using Quartz;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>Publishes what changed; does nothing where another process is at it.</summary>
/// <remarks>It looks again within its second, as a correction is to be seen within one.</remarks>
[DisallowConcurrentExecution]
internal sealed class PublishJob(PublishRounds rounds, TimeProvider clock) : IJob
{
    private const int Looks = 4;

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var began = clock.GetTimestamp();
        for (var look = 0; look < Looks; look++)
        {
            var pause = (look * Between) - clock.GetElapsedTime(began);
            if (pause > TimeSpan.Zero)
                await Task.Delay(pause, clock, cancellationToken);
            await rounds.RunAsync(clock.GetUtcNow(), cancellationToken);
        }
    }
}
