using Quartz;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>Publishes what changed; does nothing where another process is at it.</summary>
/// <remarks>It looks again and again within its second, as a correction is to be seen within one; after some were published it lets more gather.</remarks>
[DisallowConcurrentExecution]
internal sealed class PublishJob(PublishRounds rounds, TimeProvider clock) : IJob
{
    private static readonly TimeSpan Length = TimeSpan.FromMilliseconds(750);
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(500);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var began = clock.GetTimestamp();
        while (true)
        {
            var published = await rounds.RunAsync(clock.GetUtcNow(), cancellationToken);
            var pause = published ? Gathering : Idle;
            if (clock.GetElapsedTime(began) + pause > Length)
                return;
            await Task.Delay(pause, clock, cancellationToken);
        }
    }
}
