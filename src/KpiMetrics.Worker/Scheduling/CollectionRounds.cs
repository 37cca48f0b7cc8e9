using System.Data.Common;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Collection;
using Microsoft.Extensions.Logging;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>What the collecting jobs do, one inbox at a time, with one log line for each visit.</summary>
internal sealed class CollectionRounds(
    IReadOnlyList<InboxCollection> inboxes,
    HttpCollection http,
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
                await VisitAsync(inbox, at, cancellationToken);
        }
        finally
        {
            inboxGate.Release();
        }
    }

    private async Task VisitAsync(InboxCollection inbox, DateTimeOffset at, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var outcome in inbox.RunAsync(at, cancellationToken))
                Report(inbox.Set, outcome);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or DbException)
        {
            // One folder that cannot be read, or a ledger that is busy, keeps no other from being looked into; the next visit tries again.
            WorkerLog.NotCollected(logger, inbox.Set, inbox.SourceName, "its folder", fault.Message);
        }
    }

    public async Task HttpAsync(
        string set,
        string indicator,
        Frequency frequency,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        if (!http.Serves(set, indicator))
            return;
        var outcomes = await http.RunAsync(
            set,
            indicator,
            frequency,
            at,
            (report, refused) => WorkerLog.RowRefused(logger, set, report, refused.Refusal.ToString()),
            cancellationToken
        );
        foreach (var outcome in outcomes)
            Report(set, outcome);
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
