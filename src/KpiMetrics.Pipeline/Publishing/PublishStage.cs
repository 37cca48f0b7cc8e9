using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation;
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
            var round = new PublishRound();
            foreach (var stretch in Stretch.Of(changes))
            {
                await AddAsync(round, stretch, cancellationToken);
                if (round.Count < PointsAtOnce)
                    continue;
                result += await round.SendAsync(outbox, influx, at, cancellationToken);
                onProgress?.Invoke(result);
                round = new();
            }
            if (round.Count > 0)
                result += await round.SendAsync(outbox, influx, at, cancellationToken);
        }
        return result;
    }

    private async Task AddAsync(PublishRound round, Stretch stretch, CancellationToken cancellationToken)
    {
        var series = await ledger.ReadRangeAsync(stretch.SeriesId, stretch.ReadFrom, stretch.ReadTo, cancellationToken);
        if (series is null)
        {
            round.Refuse(stretch.Changes, $"the ledger has no series {stretch.SeriesId}");
            return;
        }
        var key = series.Key;
        if (catalog.FindSet(key.Set) is not { } set || catalog.FindMeasure(key.Set, key.Measure) is not var (indicator, measure))
        {
            round.Refuse(stretch.Changes, $"the catalog has no measure '{key.Measure}' in a set '{key.Set}'");
            return;
        }
        var builder = new PointBuilder(key, set, indicator, zone);
        if (builder.Tags.Fault is { } fault)
        {
            round.Refuse(stretch.Changes, fault);
            return;
        }
        var published = await outbox.ReadPublishedAsync(
            stretch.SeriesId,
            stretch.Affected[0],
            stretch.Affected[^1],
            cancellationToken
        );
        var fields = published.ToDictionary(point => point.Period, point => (PointFields)point.Fields);
        var points = SeriesDerivation
            .Derive(measure, key.Frequency, series.Figures(set.TrustIn))
            .ToDictionary(derived => derived.Figure.Period);
        foreach (var period in stretch.Affected)
        {
            var had = fields.GetValueOrDefault(period);
            if (points.TryGetValue(period, out var derived))
            {
                var point = builder.Build(derived);
                round.Add(stretch.SeriesId, point.Address, period, had, point);
            }
            else if (had != PointFields.None)
                round.Add(stretch.SeriesId, builder.AddressOf(period), period, had, null);
        }
        round.Done(stretch.Changes);
    }
}
