using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Claims;
using KpiMetrics.Pipeline.Sources;

namespace KpiMetrics.Pipeline.Collection;

/// <summary>What a tick does: reads which obligations of a duty are open, asks one source for what is missing, takes what it answers.</summary>
/// <remarks>
/// A tick that is missed, doubled or late changes nothing in the end: what is asked follows from obligations and from what was asked before, both in the
/// ledger, and an answer taken twice is recorded once. Oldest first, so many questions a visit. A source that does not answer ends the visit; its
/// other periods would only wait for the same silence. For several duties and sources at once, and for several processes: what is asked of a source for a
/// duty is claimed before, and nothing is kept that comes after the claim has passed to another process.
/// </remarks>
public sealed class DutyCollection(
    CatalogSnapshot catalog,
    ReportIntake intake,
    IObligations obligations,
    IAskings askings,
    ClaimKeeper claims,
    TimeZoneInfo zone
)
{
    /// <summary>How many questions one visit asks at most; the rest is left to the next.</summary>
    public const int QuestionsAVisit = 60;

    // How far two clocks, or one that is set right now and then, may differ.
    private static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(10);

    private readonly SourceVisit visit = new(intake, new());
    private readonly ReportingAreas areas = new(catalog);
    private DateTimeOffset began = DateTimeOffset.MaxValue;

    /// <param name="onRefused">Told of each refused row, with its report.</param>
    /// <exception cref="ClaimLostException">Another process goes on with the duty, as this one stood still; what came too late is thrown away.</exception>
    public async Task<CollectionRun> RunAsync(
        Duty duty,
        IPulledSource source,
        DateTimeOffset at,
        Action<string, RefusedRow> onRefused,
        CancellationToken cancellationToken
    )
    {
        if (Find(duty) is not var (set, indicator))
            return new([], false);
        if (began == DateTimeOffset.MaxValue)
            began = at;
        if ((await DueAsync(set, indicator, duty, source.Options, at, cancellationToken)).Count == 0)
            return new([], false);
        await using var held = await claims.TryTakeAsync(ClaimNames.OfDuty(duty, source.Options.Name), cancellationToken);
        if (held is null)
            return new([], false) { IsElsewhere = true };
        return await WhileHeldAsync(
            held,
            stop => RunAsync(set, indicator, duty, source, held.Claim, at, onRefused, stop),
            cancellationToken
        );
    }

    private async Task<CollectionRun> RunAsync(
        IndicatorSet set,
        Indicator indicator,
        Duty duty,
        IPulledSource source,
        Claim claim,
        DateTimeOffset at,
        Action<string, RefusedRow> onRefused,
        CancellationToken cancellationToken
    )
    {
        // Once more: who had the claim may have asked just now.
        var due = await DueAsync(set, indicator, duty, source.Options, at, cancellationToken);
        var questions = Batches(due, source.Options.PeriodsPerQuestion).ToList();
        var outcomes = new List<CollectionOutcome>();
        var done = 0;
        foreach (var asked in questions.Take(QuestionsAVisit))
        {
            var question = Question(set, indicator, [.. asked.Select(one => one.Period)]);
            var (answered, fault) = await visit.AskAsync(set, source, question, claim, at, onRefused, cancellationToken);
            outcomes.AddRange(answered);
            await RememberAsync(duty, source.Options.Name, asked, answered, fault, claim, at, cancellationToken);
            done++;
            if (fault is SourceUnavailableException)
            {
                // The silence is theirs too: that they were not asked in time is not our fault.
                foreach (var rest in questions.Take(QuestionsAVisit).Skip(done))
                    await RememberAsync(duty, source.Options.Name, rest, [], fault, claim, at, cancellationToken);
                return new(outcomes, false);
            }
        }
        return new(outcomes, done < questions.Count);
    }

    /// <summary>Asks one question whether or not anything is missing, unless all of it was answered since <paramref name="unlessSince"/>: so a long backfill goes on where it was broken off.</summary>
    /// <param name="periods">Consecutive, of the duty's frequency, as many as the source takes in one question.</param>
    /// <remarks>Waits while another process asks the source for figures of the duty.</remarks>
    /// <returns>What came of it, empty where nothing was asked; the fault is that of a source that is away.</returns>
    public async Task<(IReadOnlyList<CollectionOutcome> Outcomes, SourceUnavailableException? Away)> AskAsync(
        Duty duty,
        IPulledSource source,
        IReadOnlyList<Period> periods,
        DateTimeOffset? unlessSince,
        DateTimeOffset at,
        Action<string, RefusedRow> onRefused,
        CancellationToken cancellationToken
    )
    {
        if (Find(duty) is not var (set, indicator))
            return ([], null);
        if (await IsAnsweredAsync(duty, source, periods, unlessSince, cancellationToken))
            return ([], null);
        await using var held = await claims.TakeAsync(ClaimNames.OfDuty(duty, source.Options.Name), cancellationToken);
        if (await IsAnsweredAsync(duty, source, periods, unlessSince, cancellationToken))
            return ([], null); // by who had the claim
        return await WhileHeldAsync(
            held,
            stop => AskAsync(set, indicator, duty, source, periods, held.Claim, at, onRefused, stop),
            cancellationToken
        );
    }

    private async Task<(IReadOnlyList<CollectionOutcome> Outcomes, SourceUnavailableException? Away)> AskAsync(
        IndicatorSet set,
        Indicator indicator,
        Duty duty,
        IPulledSource source,
        IReadOnlyList<Period> periods,
        Claim claim,
        DateTimeOffset at,
        Action<string, RefusedRow> onRefused,
        CancellationToken cancellationToken
    )
    {
        var known = await AskedAsync(duty, source.Options.Name, periods[0], periods[^1], cancellationToken);
        var question = Question(set, indicator, periods);
        var (answered, fault) = await visit.AskAsync(set, source, question, claim, at, onRefused, cancellationToken);
        var asked = periods.Select(period => (period, known.GetValueOrDefault(period))).ToList();
        await RememberAsync(duty, source.Options.Name, asked, answered, fault, claim, at, cancellationToken);
        return (answered, fault as SourceUnavailableException);
    }

    private async Task<bool> IsAnsweredAsync(
        Duty duty,
        IPulledSource source,
        IReadOnlyList<Period> periods,
        DateTimeOffset? since,
        CancellationToken cancellationToken
    )
    {
        var known = await AskedAsync(duty, source.Options.Name, periods[0], periods[^1], cancellationToken);
        return periods.All(period => known.GetValueOrDefault(period)?.AnsweredAt >= since);
    }

    // A question whose answer nobody may keep need not be waited for.
    private static async Task<T> WhileHeldAsync<T>(
        HeldClaim held,
        Func<CancellationToken, Task<T>> ask,
        CancellationToken cancellationToken
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, held.Lost);
        try
        {
            return await ask(stop.Token);
        }
        catch (OperationCanceledException) when (held.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw ClaimLostException.Of(held.Claim);
        }
    }

    private async Task<List<(Period Period, Asking? Before)>> DueAsync(
        IndicatorSet set,
        Indicator indicator,
        Duty duty,
        SourceOptions options,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var open = await obligations.ReadOpenAsync(duty, at, cancellationToken);
        // The newest periods are asked for whether or not something is missing: what came by another way, what must not be reported (a month beside its
        // days), and what the office states anew.
        var wanted = open.Where(period => period.DueAt + AskAgain.GivenUpAfter(duty.Frequency) >= at)
            .Select(period => period.Period)
            .Union(Newest(set, indicator, duty, options.Lookback, at))
            .Order()
            .ToList();
        if (wanted.Count == 0)
            return [];
        var known = await AskedAsync(duty, options.Name, wanted[0], wanted[^1], cancellationToken);
        return
        [
            .. wanted
                .Select(period => (Period: period, Before: known.GetValueOrDefault(period)))
                // What was asked in the future was asked by a clock that has been set back since: its pause says nothing.
                .Where(one =>
                    one.Before is not { } before
                    || before.NextAt <= at
                    || before.LastAskedAt > at + ClockSlack
                    || IsRetried(before)
                ),
        ];
    }

    // What failed before this process began is tried again at once: a secret may have been given, an address mended.
    private bool IsRetried(Asking before) => before.Failures > 0 && before.LastAskedAt < began;

    // Hours that only an emergency obliges are asked for where it does, and nothing is asked of a time when no area reported to the set.
    private IEnumerable<Period> Newest(IndicatorSet set, Indicator indicator, Duty duty, int lookback, DateTimeOffset at) =>
        DutyPlan.IsOnlyInEmergency(set, indicator, duty.Frequency)
            ? []
            : PeriodsToAsk
                .At(set, indicator, duty.Frequency, at, lookback, zone)
                .Where(period => areas.On(set, set.WindowOf(indicator, period).LastDay).Count > 0);

    private async Task<Dictionary<Period, Asking>> AskedAsync(
        Duty duty,
        string source,
        Period from,
        Period to,
        CancellationToken cancellationToken
    ) =>
        (await askings.ReadAskingsAsync(duty, from, to, cancellationToken))
            .Where(asking => asking.Source == source)
            .ToDictionary(asking => asking.Period);

    private async Task RememberAsync(
        Duty duty,
        string source,
        IReadOnlyList<(Period Period, Asking? Before)> asked,
        IReadOnlyList<CollectionOutcome> outcomes,
        Exception? fault,
        Claim claim,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var open = (await obligations.ReadOpenAsync(duty, at, cancellationToken)).ToDictionary(period => period.Period);
        var said = fault?.Message ?? Said(outcomes);
        await askings.SaveAskingsAsync(
            duty,
            [
                .. asked.Select(one =>
                    After(source, one.Period, one.Before, fault is null, open.GetValueOrDefault(one.Period)?.DueAt, said, at)
                ),
            ],
            claim,
            cancellationToken
        );
    }

    private static Asking After(
        string source,
        Period period,
        Asking? before,
        bool isAnswered,
        DateTimeOffset? openUntil,
        string said,
        DateTimeOffset at
    )
    {
        var attempts = (before?.Attempts ?? 0) + 1;
        var failures = isAnswered ? 0 : (before?.Failures ?? 0) + 1;
        var pause =
            !isAnswered ? AskAgain.AfterFailure(period.Frequency, failures, StableHash.Fraction($"{source} {period} {failures}"))
            : openUntil is { } due ? AskAgain.AfterGap(period.Frequency, attempts, due - at)
            : AskAgain.AfterComplete(period.Frequency);
        return new(
            source,
            period,
            attempts,
            failures,
            before?.FirstAskedAt ?? at,
            at,
            before?.FirstAnsweredAt ?? (isAnswered ? at : null),
            isAnswered ? at : before?.AnsweredAt,
            at + pause,
            said
        );
    }

    private static string Said(IReadOnlyList<CollectionOutcome> outcomes)
    {
        var results = outcomes.Select(outcome => outcome.Result).OfType<IntakeResult>().ToList();
        var (recorded, repeated, refused) = (
            results.Sum(result => result.Receipt.Recorded),
            results.Sum(result => result.Receipt.Repeated),
            results.Sum(result => result.Receipt.Refused)
        );
        return $"{results.Sum(result => result.Rows)} rows: {recorded} recorded, {repeated} repeated, {refused} refused";
    }

    private static SourceQuestion Question(IndicatorSet set, Indicator indicator, IReadOnlyList<Period> periods) =>
        new(indicator.Code, periods, new(set.WindowOf(indicator, periods[0]).Start, set.WindowOf(indicator, periods[^1]).End));

    // Consecutive periods together, as many as the source takes in one question; after each failure half as many, so that one period that
    // cannot be answered, or too much at once, does not keep the others away for ever.
    private static IEnumerable<IReadOnlyList<(Period Period, Asking? Before)>> Batches(
        IEnumerable<(Period Period, Asking? Before)> due,
        int most
    )
    {
        var batch = new List<(Period Period, Asking? Before)>();
        var fewest = most;
        foreach (var one in due)
        {
            fewest = Math.Min(fewest, Math.Max(1, most >> Math.Min(one.Before?.Failures ?? 0, 30)));
            if (batch.Count > 0 && (batch.Count >= fewest || batch[^1].Period.Next != one.Period))
            {
                yield return batch;
                batch = [];
                fewest = Math.Max(1, most >> Math.Min(one.Before?.Failures ?? 0, 30));
            }
            batch.Add(one);
        }
        if (batch.Count > 0)
            yield return batch;
    }

    private (IndicatorSet Set, Indicator Indicator)? Find(Duty duty) =>
        catalog.FindSet(duty.Set) is { } set && catalog.FindIndicator(duty.Set, duty.Indicator) is { } indicator
            ? (set, indicator)
            : null;
}
