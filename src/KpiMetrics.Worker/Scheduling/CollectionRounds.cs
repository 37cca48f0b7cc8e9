using System.Data.Common;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Pipeline.Collection;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Worker.Scheduling.Lanes;
using Microsoft.Extensions.Logging;
using static System.FormattableString;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>What the collecting jobs do, one inbox at a time, with one log line for each visit.</summary>
internal sealed class CollectionRounds(
    IReadOnlyList<InboxCollection> inboxes,
    IReadOnlyDictionary<string, HttpCollection> sources,
    ILogger<CollectionRounds> logger
) : IDisposable
{
    private readonly SemaphoreSlim inboxGate = new(1, 1);

    public async Task AllInboxesAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        foreach (var inbox in inboxes)
            await InboxAsync(inbox.Set, at, cancellationToken);
    }

    /// <returns>What came of each file that was taken.</returns>
    public async Task<IReadOnlyList<CollectionOutcome>> InboxAsync(
        string set,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var outcomes = new List<CollectionOutcome>();
        if (!await inboxGate.WaitAsync(TimeSpan.Zero, cancellationToken))
            return outcomes; // somebody is at it, and the inbox job comes again in a moment
        try
        {
            foreach (var inbox in inboxes.Where(inbox => inbox.Set == set))
            {
                await foreach (var outcome in inbox.RunAsync(at, cancellationToken))
                {
                    outcomes.Add(outcome);
                    Report(set, outcome);
                }
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
        return outcomes;
    }

    /// <summary>What a rung duty does: looks into the set's inbox, or asks its source.</summary>
    public async Task<string> DutyAsync(Duty duty, string source, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (source == LaneSet.BuiltIn)
            return Summary(await InboxAsync(duty.Set, at, cancellationToken));
        var outcomes = await sources[source]
            .RunAsync(
                duty.Set,
                duty.Indicator,
                duty.Frequency,
                at,
                (report, refused) => WorkerLog.RowRefused(logger, duty.Set, report, refused.Refusal.ToString()),
                cancellationToken
            );
        foreach (var outcome in outcomes)
            Report(duty.Set, outcome);
        return Summary(outcomes);
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

    private static string Summary(IReadOnlyList<CollectionOutcome> outcomes)
    {
        if (outcomes.Count == 0)
            return "";
        var receipts = outcomes.Select(outcome => outcome.Result?.Receipt).OfType<ReportReceipt>().ToList();
        var recorded = receipts.Sum(receipt => receipt.Recorded);
        var refused = receipts.Sum(receipt => receipt.Refused);
        var taken = Invariant($"reports taken {receipts.Count}, figures recorded {recorded}, rows refused {refused}");
        return outcomes.Select(outcome => outcome.Fault).FirstOrDefault(fault => fault is not null) is { } first
            ? Invariant($"{taken}, reports not taken {outcomes.Count - receipts.Count}: {first}")
            : taken;
    }
}
