using KpiMetrics.Core.Obligations;

namespace KpiMetrics.Worker.Scheduling.Lanes;

/// <summary>The queue of one source, with at most so many of its duties at work at once: a source that hangs holds up nobody but itself.</summary>
/// <remarks>
/// Ringing returns at once. A duty that waits is not queued twice; one that is at work and rings meanwhile is done once more after. What
/// waits is lost when the process ends: the obligations know what is due, and the next ring asks them.
/// </remarks>
/// <param name="limit">1 or more.</param>
/// <param name="ended">Told of every run.</param>
public sealed class SourceLane(string name, int limit, DutyWork work, Action<LaneRun> ended, TimeProvider clock) : IDisposable
{
    /// <summary>The outcome of a run that was cancelled, as the worker stopped.</summary>
    public const string GivenBack = "given back";

    private readonly Lock gate = new();
    private readonly LaneQueue queue = new();
    private readonly Dictionary<Duty, LaneRank?> running = []; // with the rank it rang again by
    private readonly HashSet<Task> tasks = [];
    private readonly CancellationTokenSource stop = new();
    private int limit = limit;
    private bool isStopping;

    public string Name => name;

    public int Waiting
    {
        get
        {
            lock (gate)
                return queue.Count;
        }
    }

    public int Running
    {
        get
        {
            lock (gate)
                return running.Count;
        }
    }

    /// <summary>How long the duty that waits longest has waited; zero where none waits.</summary>
    public TimeSpan OldestWait
    {
        get
        {
            lock (gate)
                return queue.Oldest() is { } since ? clock.GetElapsedTime(since) : TimeSpan.Zero;
        }
    }

    /// <summary>How many duties are at work at once. Changed live: a lower one lets those at work end.</summary>
    public int Limit
    {
        get
        {
            lock (gate)
                return limit;
        }
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            lock (gate)
            {
                limit = value;
                Begin();
            }
        }
    }

    public void Ring(Duty duty, LaneRank rank)
    {
        lock (gate)
        {
            if (isStopping)
                return;
            if (running.TryGetValue(duty, out var again))
                running[duty] = again is { } known && known <= rank ? known : rank;
            else
                queue.Add(duty, rank, clock.GetTimestamp());
            Begin();
        }
    }

    /// <summary>Drops what waits, lets what is at work end within <paramref name="grace"/>, then cancels it.</summary>
    /// <param name="deadline">Gives up on what does not end though it was cancelled.</param>
    /// <returns>How many runs were given up on.</returns>
    public async Task<int> StopAsync(TimeSpan grace, CancellationToken deadline)
    {
        Task all;
        lock (gate)
        {
            isStopping = true;
            queue.Clear();
            all = Task.WhenAll(tasks);
        }
        try
        {
            await all.WaitAsync(grace, clock, deadline);
        }
        catch (TimeoutException)
        {
            await stop.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            await stop.CancelAsync();
        }
        try
        {
            await all.WaitAsync(deadline);
        }
        catch (OperationCanceledException)
        {
            // Whoever wants to stop has waited long enough.
        }
        return Running;
    }

    public void Dispose() => stop.Dispose();

    private void Begin()
    {
        while (!isStopping && running.Count < limit && queue.Take() is { } duty)
        {
            running[duty] = null;
            var task = Task.Run(() => RunAsync(duty));
            tasks.Add(task);
            _ = task.ContinueWith(
                Forget,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default
            );
        }
    }

    private async Task RunAsync(Duty duty)
    {
        var began = clock.GetTimestamp();
        var outcome = "";
        Exception? fault = null;
        try
        {
            outcome = await work(duty, name, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            outcome = GivenBack;
        }
        catch (Exception unforeseen)
        {
            // One duty's bug must not keep the lane's others from being served; whoever is told logs it.
            fault = unforeseen;
        }
        finally
        {
            lock (gate)
            {
                if (running.Remove(duty, out var again) && again is { } rank && !isStopping)
                    queue.Add(duty, rank, clock.GetTimestamp());
                Begin();
            }
        }
        ended(new(duty, name, clock.GetUtcNow(), outcome, clock.GetElapsedTime(began), fault));
    }

    private void Forget(Task task)
    {
        lock (gate)
            tasks.Remove(task);
    }
}
