using System.Runtime.CompilerServices;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Figures;
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
            foreach (var batch in ChangeBatch.Of(graph, changes))
            {
                var round = new PublishRound();
                await foreach (var point in PointsOf(batch, cancellationToken))
                {
                    round.Add(point);
                    if (round.Count < PointsAtOnce)
                        continue;
                    result += await round.SendAsync(outbox, influx, at, cancellationToken);
                    onProgress?.Invoke(result);
                    round = new();
                }
                // Done only now that all they reach is on its way.
                Conclude(round, batch);
                result += await round.SendAsync(outbox, influx, at, cancellationToken);
            }
        }
        return result;
    }

    private async IAsyncEnumerable<PointChange> PointsOf(
        ChangeBatch batch,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var numbers = await NumberAsync(batch, cancellationToken);
        await using var snapshot = await ledger.OpenSnapshotAsync(asOf: null, cancellationToken);
        var known = new KnownFigures(graph, catalog, snapshot);
        await known.LoadAsync(batch.Ranges(graph), cancellationToken);
        var evaluator = known.Evaluator();
        foreach (var (series, periods) in batch.Affected)
        {
            if (evaluator.FormulaOf(series) is not { } formula || PointTags.Of(series).Fault is not null)
                continue;
            var builder = new PointBuilder(series, formula, zone);
            var published = await outbox.ReadPublishedAsync(numbers[series], periods[0], periods[^1], cancellationToken);
            var had = published.ToDictionary(point => point.Period, point => (PointFields)point.Fields);
            var derived = evaluator
                .Derive(series)
                .Where(row => row.Figure.Current.Value != FigureValue.None)
                .ToDictionary(row => row.Figure.Period);
            foreach (var period in periods)
            {
                var fields = had.GetValueOrDefault(period);
                var point = derived.TryGetValue(period, out var row) ? builder.Build(row) : null;
                if (point is not null || fields != PointFields.None)
                    yield return new(numbers[series], period, point?.Address ?? builder.AddressOf(period), fields, point);
            }
        }
    }

    private void Conclude(PublishRound round, ChangeBatch batch)
    {
        foreach (var change in batch.Changes)
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
    private async Task<Dictionary<SeriesKey, int>> NumberAsync(ChangeBatch batch, CancellationToken cancellationToken)
    {
        var numbers = new Dictionary<SeriesKey, int>();
        foreach (var change in batch.Changes)
            numbers[change.Series] = change.SeriesId;
        var others = batch.Affected.Keys.Where(series => !numbers.ContainsKey(series)).ToList();
        if (others.Count == 0)
            return numbers;
        foreach (var (series, number) in others.Zip(await outbox.NumberSeriesAsync(others, cancellationToken)))
            numbers[series] = number;
        return numbers;
    }
}
