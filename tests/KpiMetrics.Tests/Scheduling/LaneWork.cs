using System.Collections.Concurrent;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Worker.Scheduling.Lanes;

namespace KpiMetrics.Tests.Scheduling;

/// <summary>Work for lanes that a test lets begin and end when it wants.</summary>
internal sealed class LaneWork : IDisposable
{
    private readonly ConcurrentDictionary<Duty, TaskCompletionSource<string>> holds = [];
    private readonly SemaphoreSlim begun = new(0);
    private readonly SemaphoreSlim ended = new(0);

    /// <summary>What began, in order.</summary>
    public ConcurrentQueue<(Duty Duty, string Source)> Began { get; } = [];

    public ConcurrentQueue<LaneRun> Ended { get; } = [];

    public static Duty Duty(string indicator) => new("test", indicator, Frequency.Day);

    /// <summary>From now on the duty does not end by itself.</summary>
    public TaskCompletionSource<string> Hold(Duty duty) =>
        holds[duty] = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release(Duty duty)
    {
        if (holds.TryRemove(duty, out var hold))
            hold.SetResult("done");
    }

    public async Task<string> RunAsync(Duty duty, string source, CancellationToken cancellationToken)
    {
        Began.Enqueue((duty, source));
        begun.Release();
        return holds.TryGetValue(duty, out var hold) ? await hold.Task.WaitAsync(cancellationToken) : "done";
    }

    public void OnEnded(LaneRun run)
    {
        Ended.Enqueue(run);
        ended.Release();
    }

    public void Dispose()
    {
        begun.Dispose();
        ended.Dispose();
    }

    public Task BegunAsync(int times) => WaitAsync(begun, times);

    public Task EndedAsync(int times) => WaitAsync(ended, times);

    private static async Task WaitAsync(SemaphoreSlim signal, int times)
    {
        for (var i = 0; i < times; i++)
            Assert.True(await signal.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
    }
}
