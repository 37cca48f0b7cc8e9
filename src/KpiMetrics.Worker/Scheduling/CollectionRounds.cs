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
        await inboxGate.WaitAsync(cancellationToken);
        try
        {
            foreach (var inbox in inboxes.Where(inbox => inbox.Set == set))
                Report(set, await inbox.RunAsync(at, cancellationToken));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // One folder that cannot be read keeps no other from being looked into; the next visit tries again.
            WorkerLog.NotCollected(logger, set, InboxCollection.Source, "its folder", fault.Message);
        }
        finally
        {
            inboxGate.Release();
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
        Report(set, outcomes);
    }

    public void Dispose() => inboxGate.Dispose();

    private void Report(string set, IReadOnlyList<CollectionOutcome> outcomes)
    {
        foreach (var (source, report, result, fault) in outcomes)
        {
            if (result is { } taken)
                WorkerLog.Collected(
                    logger,
                    set,
                    source,
                    report,
                    taken.Rows,
                    taken.Receipt.Recorded,
                    taken.Receipt.Repeated,
                    taken.Receipt.Refused
                );
            else
                WorkerLog.NotCollected(logger, set, source, report, fault ?? "");
        }
    }
}
