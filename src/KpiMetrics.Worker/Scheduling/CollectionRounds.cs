using System.Data.Common;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Collection;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Worker.Composition;
using Microsoft.Extensions.Logging;
using static System.FormattableString;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>What the collecting jobs do, one inbox at a time, with one log line for each visit.</summary>
internal sealed class CollectionRounds(
    IReadOnlyList<InboxCollection> inboxes,
    DutyCollection collection,
    PulledSet sources,
    ILogger<CollectionRounds> logger
) : IDisposable
{
    private readonly SemaphoreSlim inboxGate = new(1, 1);

    public async Task AllInboxesAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        foreach (var inbox in inboxes)
            await InboxAsync(inbox.Set, at, cancellationToken);
    }

    public async Task InboxAsync(string set, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (!await inboxGate.WaitAsync(TimeSpan.Zero, cancellationToken))
            return; // somebody is at it, and the inbox job comes again in a moment
        try
        {
            foreach (var inbox in inboxes.Where(inbox => inbox.Set == set))
            {
                await foreach (var outcome in inbox.RunAsync(at, cancellationToken))
                    Report(set, outcome);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or DbException)
        {
            // One folder that cannot be read, or a ledger that is busy, keeps no other from being looked into; the next visit tries again.
            WorkerLog.NotCollected(logger, set, InboxCollection.Source, "its folder", fault.Message);
        }
        finally
        {
            inboxGate.Release();
        }
    }

    /// <summary>What a rung duty does: asks its source for what is open. Every report is logged here; the outcome is how many there were.</summary>
    /// <returns>The outcome, empty where there was nothing to ask; and whether more is waiting than one visit asks for.</returns>
    public async Task<(string Outcome, bool HasMore)> DutyAsync(
        Duty duty,
        string name,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        if (sources.Find(duty, name) is not { } source)
            return ("", false);
        var refusals = new RefusalLog(logger, duty.Set);
        var (outcomes, hasMore) = await collection.RunAsync(duty, source, at, refusals.Add, cancellationToken);
        foreach (var outcome in outcomes)
            Report(duty.Set, outcome);
        refusals.End();
        return (outcomes.Count == 0 ? "" : Invariant($"{outcomes.Count} reports{(hasMore ? ", more waits" : "")}"), hasMore);
    }

    /// <summary>Asks for periods long past, unless they were answered once; says how many figures are new.</summary>
    public async Task<int> HistoryAsync(
        Duty duty,
        IPulledSource source,
        IReadOnlyList<Period> periods,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var refusals = new RefusalLog(logger, duty.Set);
        var (outcomes, _) = await collection.AskAsync(
            duty,
            source,
            periods,
            DateTimeOffset.MinValue,
            at,
            refusals.Add,
            cancellationToken
        );
        foreach (var outcome in outcomes.Where(outcome => outcome.Result is null))
            Report(duty.Set, outcome);
        refusals.End();
        return outcomes.Sum(outcome => outcome.Result?.Receipt.Recorded ?? 0);
    }

    public void Dispose() => inboxGate.Dispose();

    private void Report(string set, CollectionOutcome outcome)
    {
        var (source, report, result, fault) = outcome;
        if (result is { } taken)
        {
            var (_, recorded, repeated, refused) = taken.Receipt;
            WorkerLog.Collected(logger, set, source, report, taken.Rows, recorded, repeated, refused);
        }
        else
            WorkerLog.NotCollected(logger, set, source, report, fault ?? "");
    }
}
