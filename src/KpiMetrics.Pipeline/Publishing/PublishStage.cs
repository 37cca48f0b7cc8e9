using System.Runtime.CompilerServices;
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
/// Only one stage may publish from a ledger at a time, which is the caller's duty: of two, one could confirm fields while the other
/// deletes them. An outage throws and leaves the rest waiting; what InfluxDB will not take is recorded, point by point, and passed over.
/// </para>
/// </remarks>
/// <param name="catalog">What the series mean; changes of series it does not know are recorded as refused.</param>
/// <param name="zone">In which windows open: Asia/Ho_Chi_Minh.</param>
public sealed class PublishStage(IOutbox outbox, ILedger ledger, IPointWriter influx, CatalogSnapshot catalog, TimeZoneInfo zone)
{
    private const int ChangesAtOnce = 5000;

    // Bounds memory: a change may reach a year of hours.
    private const int PointsAtOnce = 5000;

    private readonly SeriesGraph graph = new(catalog);

    /// <summary>Publishes until no change waits.</summary>
    /// <param name="at">When refusals are recorded to have happened.</param>
    /// <param name="cancellationToken">Stops between two steps; what was not confirmed is done again next time.</param>
    /// <param name="onProgress">Told now and then what was done so far.</param>
    /// <exception cref="InfluxUnavailableException">InfluxDB is away; the outbox keeps what is left.</exception>
    /// <exception cref="InfluxRefusedException">The settings are wrong; the outbox keeps what is left.</exception>
    public async Task<PublishResult> RunAsync(
        DateTimeOffset at,
        CancellationToken cancellationToken,
        Action<PublishResult>? onProgress = null
    )
    {
        var result = new PublishResult(0, 0, 0);
        var prepared = false;
        while (await outbox.NextChangesAsync(ChangesAtOnce, cancellationToken) is { Count: > 0 } changes)
        {
            if (!prepared)
                await influx.PrepareAsync(cancellationToken);
            prepared = true;
            var numbers = changes
                .DistinctBy(change => change.Series)
                .ToDictionary(change => change.Series, change => change.SeriesId);
            var round = new PublishRound();
            await foreach (var point in PointsOf(changes, numbers, cancellationToken))
            {
                round.Add(point);
                if (round.Count < PointsAtOnce)
                    continue;
                result += await round.SendAsync(outbox, influx, at, cancellationToken);
                onProgress?.Invoke(result);
                round = new();
            }
            // Done only now that all they reach is on its way.
            Conclude(round, changes);
            result += await round.SendAsync(outbox, influx, at, cancellationToken);
        }
        return result;
    }

    private async IAsyncEnumerable<PointChange> PointsOf(
        IReadOnlyList<ChangedKey> changes,
        Dictionary<SeriesKey, int> numbers,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var batches = ChangeBatch.Of(graph, changes).ToList();
        await NumberAsync(batches, numbers, cancellationToken);
        await using var snapshot = await ledger.OpenSnapshotAsync(asOf: null, cancellationToken);
        foreach (var batch in batches)
        {
            // One batch at a time is in memory.
            var known = new KnownFigures(graph, catalog, snapshot);
            await known.LoadAsync(batch.Ranges(graph), cancellationToken);
            var evaluator = known.Evaluator();
            foreach (var (series, periods) in batch.Affected)
            {
                if (evaluator.FormulaOf(series) is not { } formula || PointTags.Of(series).Fault is not null)
                    continue;
                var builder = new PointBuilder(series, formula, zone);
                var had = await PublishedAsync(numbers[series], periods, cancellationToken);
                var points = SeriesPoints
                    .Of(evaluator, series, builder, periods)
                    .ToDictionary(entry => entry.Period, entry => entry.Point);
                foreach (var period in points.Keys.Union(had.Keys).Order())
                {
                    var point = points.GetValueOrDefault(period);
                    var fields = had.GetValueOrDefault(period);
                    yield return new(numbers[series], period, point?.Address ?? builder.AddressOf(period), fields, point);
                }
            }
        }
    }

    private async Task<Dictionary<Period, PointFields>> PublishedAsync(
        int series,
        PeriodSpans periods,
        CancellationToken cancellationToken
    )
    {
        var had = new Dictionary<Period, PointFields>();
        foreach (var (first, last) in periods.Stretches)
        {
            foreach (var point in await outbox.ReadPublishedAsync(series, first, last, cancellationToken))
                had[point.Period] = (PointFields)point.Fields;
        }
        return had;
    }

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
        List<ChangeBatch> batches,
        Dictionary<SeriesKey, int> numbers,
        CancellationToken cancellationToken
    )
    {
        var others = batches.SelectMany(batch => batch.Affected.Keys).Where(series => !numbers.ContainsKey(series)).ToList();
        if (others.Count == 0)
            return;
        foreach (var (series, number) in others.Zip(await outbox.NumberSeriesAsync(others, cancellationToken)))
            numbers[series] = number;
    }
}
