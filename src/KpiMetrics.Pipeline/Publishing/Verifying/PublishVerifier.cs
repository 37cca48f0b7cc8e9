using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Pipeline.Publishing.Verifying;

/// <summary>Compares what InfluxDB holds with what the ledger says it must hold, and mends it.</summary>
/// <remarks>
/// <para>
/// Measure by measure: both sides are streamed into counts and hashes by series and month, so that memory does not grow with history. Only where these
/// differ is it looked at point by point, series by series, and then while nobody else publishes: what is on its way is no difference.
/// </para>
/// <para>
/// What is missing or other than it should be is marked to be published again and published by the stage, the same code as ever. What should not be
/// there is deleted: points at instants of no figure, and series that the ledger does not know, as when it was restored from an older copy. Series that the
/// ledger knows and the catalog lacks are left alone: a set that was forgotten on the command line must not cost its points.
/// </para>
/// <para>May be stopped at any moment and run again.</para>
/// </remarks>
/// <param name="hold">Waits until nobody else publishes, and keeps it so until disposed.</param>
/// <param name="zone">In which the windows open: Asia/Ho_Chi_Minh.</param>
public sealed class PublishVerifier(
    IOutbox outbox,
    ILedger ledger,
    IPointWriter influx,
    StoredPoints stored,
    PublishStage stage,
    CatalogSnapshot catalog,
    TimeZoneInfo zone,
    Func<CancellationToken, Task<IDisposable>> hold
)
{
    private readonly SeriesGraph graph = new(catalog);

    /// <param name="mends">False: only tells.</param>
    /// <param name="actor">Who is entered in the audit trail for marking points.</param>
    /// <param name="onProgress">Told now and then how many points were compared, and where.</param>
    /// <exception cref="InfluxUnavailableException">InfluxDB is away; what was mended stays so.</exception>
    /// <exception cref="InfluxRefusedException">The settings are wrong, or the store cannot be asked.</exception>
    public async Task<VerifyResult> RunAsync(
        VerifyScope scope,
        bool mends,
        string actor,
        DateTimeOffset at,
        CancellationToken cancellationToken,
        Action<long, string>? onProgress = null
    )
    {
        await stored.ProbeAsync(cancellationToken);
        if (mends)
            await influx.PrepareAsync(cancellationToken);
        var months = new LocalMonths(zone);
        var run = new VerifyRun(outbox, influx, stored, stage, graph, months, mends, actor, at);
        foreach (var place in await PlacesAsync(scope, cancellationToken))
        {
            if (!await AgreesAsync(place, run, months, cancellationToken))
            {
                using var alone = await hold(cancellationToken);
                if (mends)
                    await run.PublishAsync(cancellationToken);
                await using var snapshot = await ledger.OpenSnapshotAsync(asOf: null, cancellationToken);
                var waiting = await WaitingPoints.ReadAsync(graph, outbox, cancellationToken);
                await run.LookCloserAsync(place, new(graph, catalog, snapshot, zone), waiting, cancellationToken);
            }
            onProgress?.Invoke(run.Compared, place.Measure);
        }
        if (scope.Set is null)
        {
            var lacking = stored.ReadLackingAsync(
                [InfluxNames.Set, InfluxNames.Indicator, InfluxNames.Measure],
                cancellationToken
            );
            var sums = await StoredSums.ReadAsync(lacking, months, cancellationToken);
            await run.RemoveAsync(sums.Others, cancellationToken);
        }
        return run.Result();
    }

    // Without holding anybody up: almost always all is well.
    private async Task<bool> AgreesAsync(
        MeasurePlace place,
        VerifyRun run,
        LocalMonths months,
        CancellationToken cancellationToken
    )
    {
        await using var snapshot = await ledger.OpenSnapshotAsync(asOf: null, cancellationToken);
        var points = new LedgerPoints(graph, catalog, snapshot, zone);
        var found = await StoredSums.ReadAsync(stored.ReadAsync(place.Tags, cancellationToken), months, cancellationToken);
        if (found.Others.Count > 0)
            return false;
        var left = found.Series.Keys.ToHashSet();
        var compared = 0L;
        await foreach (
            var (series, all) in points.ReadAsync(await points.SeriesOfAsync(place, cancellationToken), cancellationToken)
        )
        {
            var expected = Sums(all.Select(entry => entry.Point), months);
            left.Remove(series);
            if (!expected.SaysTheSameAs(found.Series.GetValueOrDefault(series) ?? new()))
                return false;
            compared += expected.Points;
        }
        if (left.Count > 0)
            return false;
        run.Agreed(compared);
        return true;
    }

    private static MonthSums Sums(IEnumerable<Point> points, LocalMonths months)
    {
        var sums = new MonthSums();
        foreach (var point in points)
            sums.Add(months.Of(PointHash.InstantOf(point.Address)), PointHash.Of(point));
        return sums;
    }

    // Those of the catalog, in its order, and those that only InfluxDB has.
    private async Task<IReadOnlyList<MeasurePlace>> PlacesAsync(VerifyScope scope, CancellationToken cancellationToken)
    {
        var places = new List<MeasurePlace>(
            from set in catalog.Sets
            from indicator in set.Indicators
            from measure in indicator.Measures
            select new MeasurePlace(set.Code, indicator.Code, measure.Code)
        );
        foreach (var set in await stored.ValuesAsync(InfluxNames.Set, [], cancellationToken))
        {
            if (scope.Set is { } wanted && wanted != set)
                continue;
            KeyValuePair<string, string>[] ofSet = [new(InfluxNames.Set, set)];
            foreach (var indicator in await stored.ValuesAsync(InfluxNames.Indicator, ofSet, cancellationToken))
            {
                KeyValuePair<string, string>[] ofIndicator = [.. ofSet, new(InfluxNames.Indicator, indicator)];
                foreach (var measure in await stored.ValuesAsync(InfluxNames.Measure, ofIndicator, cancellationToken))
                    places.Add(new(set, indicator, measure));
            }
        }
        return
        [
            .. places
                .Distinct()
                .Where(place => scope.Set is not { } set || set == place.Set)
                .Where(place => scope.Indicator is not { } indicator || indicator == place.Indicator),
        ];
    }
}
