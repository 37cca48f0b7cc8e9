using System.Data.Common;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Pipeline.Collection;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Claims;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Worker.Api.Metrics;
using KpiMetrics.Worker.Composition;
using KpiMetrics.Worker.Scheduling.Backfills;
using KpiMetrics.Worker.Scheduling.Cluster;
using KpiMetrics.Worker.Scheduling.Lanes;
using Microsoft.Extensions.Logging;
using static System.FormattableString;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>What the collecting jobs do, one inbox at a time, with one log line for each visit.</summary>
internal sealed class CollectionRounds(
    IReadOnlyList<InboxCollection> inboxes,
    DutyCollection collection,
    PulledSet sources,
    KpiMeters meters,
    TimeProvider clock,
    ILogger<CollectionRounds> logger
) : IDisposable
{
    private readonly SemaphoreSlim inboxGate = new(1, 1);

    public async Task AllInboxesAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        foreach (var set in inboxes.Select(inbox => inbox.Set).Distinct(StringComparer.Ordinal))
            await InboxAsync(set, at, cancellationToken);
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
                await VisitAsync(inbox, at, outcomes.Add, cancellationToken);
        }
        finally
        {
            inboxGate.Release();
        }
        return outcomes;
    }

    private async Task VisitAsync(
        InboxCollection inbox,
        DateTimeOffset at,
        Action<CollectionOutcome> onOutcome,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await foreach (var outcome in inbox.RunAsync(at, cancellationToken))
            {
                onOutcome(outcome);
                Count([outcome]);
                Report(inbox.Set, outcome);
            }
        }
        catch (ClaimLostException lost)
        {
            ClusterLog.Stale(logger, inbox.Set, lost.Message);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or DbException)
        {
            // One folder that cannot be read, or a ledger that is busy, keeps no other from being looked into; the next visit tries again.
            WorkerLog.NotCollected(logger, inbox.Set, inbox.SourceName, "its folder", fault.Message);
        }
    }

    /// <summary>What a rung duty does: asks its source for what is open, or looks into the set's inbox where no source serves it.</summary>
    /// <param name="name">Of the source, or <see cref="LaneSet.BuiltIn"/>.</param>
    public async Task<DutyVisit> DutyAsync(Duty duty, string name, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (name == LaneSet.BuiltIn)
            return new(Summary(await InboxAsync(duty.Set, at, cancellationToken)), HasMore: false, IsElsewhere: false);
        if (sources.Find(duty, name) is not { } source)
            return default;
        var refusals = new RefusalLog(logger, duty.Set);
        CollectionRun run;
        try
        {
            run = await collection.RunAsync(duty, Metered(source), at, refusals.Add, cancellationToken);
        }
        catch (ClaimLostException lost)
        {
            ClusterLog.Stale(logger, $"{duty} from {name}", lost.Message);
            return new("", HasMore: false, IsElsewhere: true);
        }
        refusals.End();
        var (outcomes, hasMore) = run;
        Count(outcomes);
        if (outcomes.FirstOrDefault(outcome => outcome.Result is null) is { } failed)
            Report(duty.Set, failed); // once a visit: the others would say the same
        return new(Summary(outcomes) + (hasMore ? ", more waits" : ""), hasMore, run.IsElsewhere);
    }

    /// <summary>Asks for periods long past, in the order of the questions; what was answered since <paramref name="unlessSince"/> is passed over, a source that is left alone not asked again.</summary>
    public async Task<BackfillResult> BackfillAsync(
        IReadOnlyList<BackfillQuestion> questions,
        DateTimeOffset? unlessSince,
        Func<DateTimeOffset> now,
        Action<BackfillProgress, BackfillResult> onProgress,
        CancellationToken cancellationToken
    )
    {
        var result = new BackfillResult(0, 0, 0, 0, 0);
        var away = new HashSet<string>(StringComparer.Ordinal);
        for (var done = 0; done < questions.Count; done++)
        {
            var question = questions[done];
            result = away.Contains(question.Source)
                ? result with
                {
                    Failed = result.Failed + 1,
                }
                : result + await AskAsync(question, unlessSince, now(), away, cancellationToken);
            onProgress(new(done + 1, questions.Count, question), result);
        }
        return result;
    }

    private async Task<BackfillResult> AskAsync(
        BackfillQuestion question,
        DateTimeOffset? unlessSince,
        DateTimeOffset at,
        HashSet<string> away,
        CancellationToken cancellationToken
    )
    {
        var (duty, name, periods, _) = question;
        if (sources.Find(duty, name) is not { } source)
            return new(0, 1, 0, 0, 0);
        var refusals = new RefusalLog(logger, duty.Set);
        IReadOnlyList<CollectionOutcome> outcomes;
        SourceUnavailableException? outage;
        try
        {
            (outcomes, outage) = await collection.AskAsync(
                duty,
                Metered(source),
                periods,
                unlessSince,
                at,
                refusals.Add,
                cancellationToken
            );
        }
        catch (ClaimLostException lost)
        {
            ClusterLog.Stale(logger, $"{duty} from {name}", lost.Message);
            return new(0, 1, 0, 0, 0);
        }
        foreach (var outcome in outcomes.Where(outcome => outcome.Result is null))
            Report(duty.Set, outcome);
        refusals.End();
        Count(outcomes);
        // One question that is not answered says little of the others: behind a source there may be many offices. Its breaker judges.
        if (outage is not null && source.Break is not null)
            away.Add(name);
        var receipts = outcomes.Select(outcome => outcome.Result?.Receipt).OfType<ReportReceipt>().ToList();
        var failed = outcomes.Any(outcome => outcome.Fault is not null) ? 1 : 0;
        return new(
            1 - failed,
            failed,
            receipts.Sum(receipt => receipt.Recorded),
            receipts.Sum(receipt => receipt.Repeated),
            receipts.Sum(receipt => receipt.Refused)
        );
    }

    public void Dispose() => inboxGate.Dispose();

    private MeteredSource Metered(IPulledSource source) => new(source, meters, clock);

    private void Count(IReadOnlyList<CollectionOutcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            if (outcome.Result is { } taken)
                meters.Reported(outcome.Source, "taken", taken.Receipt);
            else if (outcome.IsBroken)
                meters.Reported(outcome.Source, "broken");
        }
    }

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
