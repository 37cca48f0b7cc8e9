using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KpiMetrics.Worker.Scheduling.Backfills;

/// <summary>The backfills that the worker does in the background, one of a set at a time; remembered until the process ends.</summary>
/// <remarks>
/// Nothing is lost with them: what was answered is in the ledger, and a backfill that is given again goes on where it was broken off.
/// </remarks>
internal sealed class BackfillRuns(ScheduleSeams seams, TimeProvider clock, ILogger<BackfillRuns> logger)
    : IHostedService,
        IDisposable
{
    // Those that ended are for looking at; the audit trail has them all.
    private const int Remembered = 100;

    private readonly Lock gate = new();
    private readonly CancellationTokenSource stop = new();
    private readonly List<BackfillRun> runs = [];
    private readonly Dictionary<string, Task> working = new(StringComparer.Ordinal); // by set
    private int last;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<BackfillRun> All
    {
        get
        {
            lock (gate)
                return [.. runs.AsEnumerable().Reverse()];
        }
    }

    public bool IsAtWork(string set)
    {
        lock (gate)
            return working.ContainsKey(set);
    }

    /// <summary>Begins one; null where one of the set is at work, or the worker stops.</summary>
    public BackfillRun? Begin(string set, IReadOnlyList<BackfillQuestion> questions, string who, string why)
    {
        lock (gate)
        {
            if (stop.IsCancellationRequested || seams.Backfill is not { } work || working.ContainsKey(set))
                return null;
            var run = new BackfillRun(++last, set, who, why, questions.Count, clock.GetUtcNow());
            runs.Add(run);
            if (runs.Count > Remembered)
                runs.RemoveAt(0);
            working[set] = Task.Run(() => WorkAsync(run, questions, work));
            return run;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stop.CancelAsync();
        Task all;
        lock (gate)
            all = Task.WhenAll(working.Values);
        await all.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => stop.Dispose();

    private async Task WorkAsync(BackfillRun run, IReadOnlyList<BackfillQuestion> questions, BackfillWork work)
    {
        var (state, result) = (BackfillState.Failed, (BackfillResult?)null);
        try
        {
            result = await work(questions, new Telling(run), stop.Token);
            state = BackfillState.Done;
            ScheduleLog.Backfilled(logger, run.Id, run.Set, run.Questions, result.Recorded, result.Failed);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            state = BackfillState.Stopped;
        }
        catch (DbException fault)
        {
            ScheduleLog.NotBackfilled(logger, run.Id, run.Set, fault.Message, null);
        }
        catch (Exception unforeseen)
        {
            // Nobody awaits it: without the log it would vanish.
            ScheduleLog.NotBackfilled(logger, run.Id, run.Set, unforeseen.Message, unforeseen);
        }
        lock (gate)
        {
            run.Now = new(state, run.Now.Asked, result, clock.GetUtcNow());
            working.Remove(run.Set);
        }
    }

    private sealed class Telling(BackfillRun run) : IProgress<BackfillProgress>
    {
        public void Report(BackfillProgress value) => run.Now = run.Now with { Asked = value.Done };
    }
}
