using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Pipeline.Publishing;

/// <summary>Brings InfluxDB to what the ledger says, for every figure that changed and all that depends on it.</summary>
/// <remarks>
/// <para>
/// Safe to kill at any moment and to run again. The ledger learns which fields a point may get before InfluxDB gets them, and the
/// change leaves the outbox only after; so whatever a dead run left behind, the next one finds the change still waiting, computes the
/// point anew from the ledger as it then is, and knows every field that may have to go. Deleting and writing twice does no harm. A figure
/// that changes while it is published is marked again and stays in the outbox.
/// </para>
/// <para>
/// Only one stage publishes from a ledger at a time, whose turn it is (<see cref="PublishGate"/>). What was sent and not answered is published again,
/// as it may arrive late (<see cref="IPublishTurns"/>). An outage throws and leaves the rest waiting; what InfluxDB will not take
/// is recorded, point by point, and passed over. What was deleted is looked at again later (<see cref="DeletionLooks"/>).
/// </para>
/// <para>Memory: one group of series that are computed from one another, what was read of hours that changed, up to a bound, and four rounds of points.</para>
/// </remarks>
/// <param name="catalog">What the series mean; changes of series it does not know are recorded as refused.</param>
/// <param name="zone">In which windows open: Asia/Ho_Chi_Minh.</param>
public sealed class PublishStage(IOutbox outbox, ILedger ledger, IPointWriter influx, CatalogSnapshot catalog, TimeZoneInfo zone)
{
    // Of a backlog many at once: a total of all communes costs the same for one of them as for all.
    private const int ChangesAtOnce = 20_000;

    // Of hours fewer: what a river does meanwhile waits for no more than these.
    private const int HoursAtOnce = 5000;

    // Bounds memory: a change may reach a year of hours.
    private const int PointsAtOnce = 5000;

    private readonly SeriesGraph graph = new(catalog);
    private readonly LaterLook deletions = new(outbox, influx, zone);

    /// <summary>
    /// True: a run ends once all that waited when it looked is published; what came meanwhile is for the next one, to be computed together with what comes until
    /// then: a total of all communes costs the same for one of them as for all.
    /// </summary>
    public bool LeavesNews { get; init; }

    /// <summary>Bounds memory: so many figures that were read for points of hours are kept for those of their days; others are read again.</summary>
    public int FiguresKept { get; init; } = 250_000;

    /// <summary>Publishes until no change waits, or none that waited (<see cref="LeavesNews"/>).</summary>
    /// <param name="turn">Given back by the caller.</param>
    /// <param name="at">When refusals are recorded to have happened.</param>
    /// <param name="cancellationToken">Stops between two steps; what was not confirmed is done again next time.</param>
    /// <param name="onProgress">Told now and then what was done so far.</param>
    /// <exception cref="InfluxUnavailableException">InfluxDB is away; the outbox keeps what is left.</exception>
    /// <exception cref="InfluxRefusedException">The settings are wrong; the outbox keeps what is left.</exception>
    /// <exception cref="LeaseLostException">This process stood still, and somebody else publishes now.</exception>
    public async Task<PublishResult> RunAsync(
        PublishTurn turn,
        DateTimeOffset at,
        CancellationToken cancellationToken,
        Action<PublishResult>? onProgress = null
    )
    {
        var rounds = new RoundPipeline(outbox, influx, turn, at, cancellationToken);
        try
        {
            await outbox.MarkLostFlightsAsync(at, cancellationToken);
            await PublishWaitingAsync(rounds, onProgress, cancellationToken);
            // Last: no change waits for a look. What came back is published at once.
            if (await deletions.LookAsync(turn, graph, at, cancellationToken))
                await PublishWaitingAsync(rounds, onProgress, cancellationToken);
            return rounds.Result;
        }
        catch
        {
            await rounds.AbandonAsync();
            throw;
        }
    }

    // Nothing is under way when it is done.
    private async Task PublishWaitingAsync(
        RoundPipeline rounds,
        Action<PublishResult>? onProgress,
        CancellationToken cancellationToken
    )
    {
        RebuildPass? pass = null;
        var prepared = false;
        while (true)
        {
            onProgress?.Invoke(rounds.Result);
            var (changes, areAll) = await NextAsync(cancellationToken);
            var rebuild = await outbox.ReadRebuildAsync(cancellationToken);
            if (changes.Count == 0 && rebuild is null)
                return;
            if (!prepared)
                await influx.PrepareAsync(cancellationToken);
            prepared = true;
            if (changes.Count > 0)
                await PublishAsync(changes, rounds, cancellationToken);
            if (rebuild is null && LeavesNews && areAll)
                return;
            if (rebuild is null)
                continue;
            if (pass?.Mark != rebuild.Mark)
                pass = new(rebuild, graph, catalog, zone);
            await RebuildAsync(pass, rounds, cancellationToken);
        }
    }

    private async Task<(IReadOnlyList<ChangedKey> Changes, bool AreAll)> NextAsync(CancellationToken cancellationToken)
    {
        var next = await outbox.NextChangesAsync(ChangesAtOnce, cancellationToken);
        // Urgent ones come first.
        var hours = next.TakeWhile(change => change.Series.Frequency == Frequency.Hour).Count();
        return hours > HoursAtOnce ? ([.. next.Take(HoursAtOnce)], false) : (next, next.Count < ChangesAtOnce);
    }

    private async Task PublishAsync(IReadOnlyList<ChangedKey> changes, RoundPipeline rounds, CancellationToken cancellationToken)
    {
        var numbers = changes
            .DistinctBy(change => change.Series)
            .ToDictionary(change => change.Series, change => change.SeriesId);
        var batches = ChangeBatch.Of(graph, changes, PointsAtOnce).ToList();
        await NumberAsync(batches.SelectMany(batch => batch.Affected.Keys), numbers, cancellationToken);
        await rounds.SettleAsync(numbers.Values);
        // What must be deleted is kept apart, to be deleted together: the server is asked instant by instant, and each costs it much the same, however many
        // points go. And at the end, when nothing else is under way: what InfluxDB deletes while it is written to it may bring back (DeletionLooks).
        var (round, deleting) = (new PublishRound(), new PublishRound());
        await using (var snapshot = await ledger.OpenSnapshotAsync(asOf: null, cancellationToken))
        {
            var begun = new Dictionary<ChangeBatch, BatchReading>();
            foreach (var urgency in Enum.GetValues<PointUrgency>())
            {
                foreach (var batch in batches)
                {
                    if (batch.Of(urgency) is not { Count: > 0 } step)
                        continue;
                    if (!begun.Remove(batch, out var reading))
                        reading = new(graph, catalog, snapshot);
                    var evaluator = await reading.EvaluatorAsync(step, cancellationToken);
                    var had = await PublishedAsync(step.Select(one => (numbers[one.Key], one.Value)), cancellationToken);
                    foreach (var (series, periods) in step)
                    {
                        foreach (var point in PointsOf(evaluator, series, numbers[series], periods, had))
                        {
                            if (point.NeedsDeletion)
                                deleting = await AddAsync(deleting, point, rounds);
                            else
                                round = await AddAsync(round, point, rounds);
                        }
                    }
                    if (urgency != PointUrgency.Other && begun.Values.Sum(one => one.Count) + reading.Count <= FiguresKept)
                        begun.Add(batch, reading);
                }
                if (urgency == PointUrgency.Other)
                    continue;
                // Not to wait for what comes next.
                await rounds.StartAsync(round);
                round = new();
            }
        }
        round.AddPointsOf(deleting);
        // Done only now that all they reach has arrived.
        await rounds.DrainAsync();
        Conclude(round, changes);
        await rounds.StartAsync(round);
        await rounds.DrainAsync();
    }

    private async Task RebuildAsync(RebuildPass pass, RoundPipeline rounds, CancellationToken cancellationToken)
    {
        var round = new PublishRound();
        await using (var snapshot = await ledger.OpenSnapshotAsync(asOf: null, cancellationToken))
        {
            var series = await pass.NextAsync(snapshot, cancellationToken);
            var numbers = new Dictionary<SeriesKey, int>();
            await NumberAsync(series, numbers, cancellationToken);
            await rounds.SettleAsync(numbers.Values);
            var known = new KnownFigures(graph, catalog, snapshot);
            await known.LoadAsync(series.SelectMany(graph.SourcesOf), cancellationToken);
            var evaluator = known.Evaluator();
            foreach (var some in StretchChunks.Of(series.Select(key => new SeriesStretch(key))))
            {
                var had = await PublishedAsync(
                    some.Select(one => (numbers[one.Series], Always(one.Series.Frequency))),
                    cancellationToken
                );
                foreach (var (key, _, _) in some)
                {
                    foreach (var point in PointsOf(evaluator, key, numbers[key], null, had))
                        round = await AddAsync(round, point, rounds);
                }
            }
        }
        await rounds.StartAsync(round);
        if (pass.IsAtEndOfMeasure)
            await rounds.KeepAsync(pass.MeasureDone());
        if (pass.IsOver)
            await rounds.DrainAsync();
    }

    private static async Task<PublishRound> AddAsync(PublishRound round, PointChange point, RoundPipeline rounds)
    {
        round.Add(point);
        if (round.Count < PointsAtOnce)
            return round;
        await rounds.StartAsync(round);
        return new();
    }

    /// <param name="periods">Null for all.</param>
    /// <param name="had">What each point may have, by the number of its series; those of this one are taken out.</param>
    private IEnumerable<PointChange> PointsOf(
        SeriesEvaluator evaluator,
        SeriesKey series,
        int number,
        PeriodSpans? periods,
        Dictionary<int, SortedDictionary<Period, PointFields>> had
    )
    {
        if (evaluator.FormulaOf(series) is not { } formula || PointTags.Of(series).Fault is not null)
            yield break;
        var builder = new PointBuilder(series, formula, zone);
        had.Remove(number, out var before);
        foreach (var (period, point) in SeriesPoints.Of(evaluator, series, builder, periods))
        {
            var fields = PointFields.None;
            before?.Remove(period, out fields);
            yield return new(number, period, point.Address, fields, point);
        }
        foreach (var (period, fields) in before ?? [])
            yield return new(number, period, builder.AddressOf(period), fields, null);
    }

    private async Task<Dictionary<int, SortedDictionary<Period, PointFields>>> PublishedAsync(
        IEnumerable<(int Series, PeriodSpans Periods)> wanted,
        CancellationToken cancellationToken
    )
    {
        var stretches =
            from one in wanted
            from stretch in one.Periods.Stretches
            select new PublishedStretch(one.Series, stretch.First, stretch.Last);
        var had = new Dictionary<int, SortedDictionary<Period, PointFields>>();
        foreach (var point in await outbox.ReadPublishedAsync([.. stretches], cancellationToken))
        {
            if (!had.TryGetValue(point.SeriesId, out var points))
                had[point.SeriesId] = points = [];
            points[point.Period] = (PointFields)point.Fields;
        }
        return had;
    }

    private static PeriodSpans Always(Frequency frequency) =>
        new(frequency, Period.FromIndex(frequency, 0), Period.Of(frequency, Period.LastYear).LastOfYear);

    private void Conclude(PublishRound round, IReadOnlyList<ChangedKey> changes)
    {
        foreach (var change in changes)
        {
            if (graph.FormulaOf(change.Series) is null)
                round.Refuse([change], $"the catalog has no measure '{change.Series.Measure}' in a set '{change.Series.Set}'");
            else if (PointTags.Of(change.Series).Fault is { } fault)
                round.Refuse([change], fault);
            else
                round.Done([change]);
        }
    }

    // Of the changed series the outbox names them; of those computed from them the ledger gives some the first time.
    private async Task NumberAsync(
        IEnumerable<SeriesKey> series,
        Dictionary<SeriesKey, int> numbers,
        CancellationToken cancellationToken
    )
    {
        var others = series.Where(key => !numbers.ContainsKey(key)).ToList();
        if (others.Count == 0)
            return;
        foreach (var (key, number) in others.Zip(await outbox.NumberSeriesAsync(others, cancellationToken)))
            numbers[key] = number;
    }
}
