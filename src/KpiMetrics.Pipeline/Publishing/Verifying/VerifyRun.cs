using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Pipeline.Publishing.Verifying;

/// <summary>One comparison: looks point by point where sums differ, mends, and keeps count.</summary>
internal sealed class VerifyRun(
    IOutbox outbox,
    IPointWriter influx,
    StoredPoints stored,
    PublishStage stage,
    SeriesGraph graph,
    LocalMonths months,
    bool mends,
    string actor,
    DateTimeOffset at
)
{
    private const int MarksAtOnce = 5000;

    private readonly DifferenceCounts counts = new(months);
    private readonly List<PublishedPoint> marks = [];
    private readonly List<string> notMended = [];
    private (SeriesKey Series, int Number)? numbered;
    private long rewritten;
    private long deleted;
    private long waiting;

    public long Compared { get; private set; }

    public void Agreed(long points) => Compared += points;

    public VerifyResult Result() => new(Compared, counts.All, rewritten, deleted, notMended, waiting);

    /// <summary>To be called while nobody else publishes, with the ledger as it is now.</summary>
    public async Task LookCloserAsync(
        MeasurePlace place,
        LedgerPoints points,
        WaitingPoints waits,
        CancellationToken cancellationToken
    )
    {
        waiting = waits.Changes;
        var found = await StoredSums.ReadAsync(stored.ReadAsync(place.Tags, cancellationToken), months, cancellationToken);
        var expected = await points.SeriesOfAsync(place, cancellationToken);
        await foreach (var (series, all) in points.ReadAsync(expected, cancellationToken))
        {
            found.Series.Remove(series, out var sums);
            await CompareAsync(series, all, sums ?? new(), waits, cancellationToken);
        }
        await FlushAsync(cancellationToken);
        await RemoveAsync(found, cancellationToken);
        if (mends)
            await PublishAsync(cancellationToken);
    }

    /// <summary>Publishes what was marked, and whatever else waits.</summary>
    public async Task PublishAsync(CancellationToken cancellationToken)
    {
        var result = await stage.RunAsync(at, cancellationToken);
        rewritten += result.Points;
        deleted += result.Deleted;
        if (result.Refused == 0)
            return;
        foreach (var point in await outbox.ReadRefusedAsync(result.Refused, cancellationToken))
            notMended.Add($"series {point.SeriesId}, {point.Period}: {point.Reason}");
    }

    /// <summary>Counts points of series with tags that none of ours could have, and takes them away.</summary>
    public async Task RemoveAsync(
        IEnumerable<(IReadOnlyDictionary<string, string> Tags, MonthSums Sums)> series,
        CancellationToken cancellationToken
    )
    {
        var gone = new List<(PointTags Tags, long Points)>();
        foreach (var (tags, sums) in series)
        {
            counts.Foreign(
                tags.GetValueOrDefault(InfluxNames.Set) ?? "",
                tags.GetValueOrDefault(InfluxNames.Indicator) ?? "",
                sums
            );
            gone.Add((PointTags.OfStored([.. tags]), sums.Points));
        }
        await DeleteAsync(gone, cancellationToken);
    }

    private async Task CompareAsync(
        SeriesKey series,
        IEnumerable<(Period Period, Point Point)> all,
        MonthSums sums,
        WaitingPoints waits,
        CancellationToken cancellationToken
    )
    {
        var expected = all.ToDictionary(
            entry => PointHash.InstantOf(entry.Point.Address),
            entry => (entry.Period, Hash: PointHash.Of(entry.Point))
        );
        Compared += expected.Count;
        var tags = PointTags.Of(series);
        var extra = new List<long>();
        if (sums.Points > 0)
        {
            if (Sums(expected).SaysTheSameAs(sums))
                return;
            await foreach (var point in stored.ReadAsync(tags.All, cancellationToken))
            {
                if (InfluxNames.KeyOf(point.Tags) != series)
                    continue; // one with more tags than ours
                if (!expected.Remove(point.Nanoseconds, out var known))
                    extra.Add(point.Nanoseconds);
                else if (known.Hash != point.Hash && !waits.Reach(series, known.Period))
                {
                    counts.Different(series.Set, series.Indicator, point.Nanoseconds);
                    await MarkAsync(series, known.Period, PublishedPoint.AnyField, cancellationToken);
                }
            }
        }
        foreach (var (instant, (period, _)) in expected)
        {
            if (waits.Reach(series, period))
                continue;
            counts.Missing(series.Set, series.Indicator, instant);
            await MarkAsync(series, period, 0, cancellationToken);
        }
        await RemoveAsync(series, tags, extra, waits, cancellationToken);
    }

    private async Task RemoveAsync(
        SeriesKey series,
        PointTags tags,
        List<long> instants,
        WaitingPoints waits,
        CancellationToken cancellationToken
    )
    {
        if (instants.Count == 0)
            return;
        // A figure that was just withdrawn, whose point goes by itself.
        var going = new HashSet<long>();
        if (waits.Of(series) is { } reached && graph.FormulaOf(series) is { } formula)
        {
            var builder = new PointBuilder(series, formula, months.Zone);
            going = [.. reached.Periods.Select(period => PointHash.InstantOf(builder.AddressOf(period)))];
        }
        var extra = instants.Where(instant => !going.Contains(instant)).ToList();
        foreach (var instant in extra)
            counts.Extra(series.Set, series.Indicator, instant);
        if (!mends || extra.Count == 0)
            return;
        var refused = await influx.DeleteAsync(extra.ConvertAll(instant => At(tags, instant)), cancellationToken);
        deleted += extra.Count - refused.Count;
        notMended.AddRange(refused.Select(point => $"{series.Measure}, {series.Area}: {point.Reason}"));
    }

    // Series that are left over: none of them has a figure.
    private async Task RemoveAsync(StoredSums found, CancellationToken cancellationToken)
    {
        var keys = found.Series.Keys.ToList();
        var numbers = await outbox.FindSeriesAsync(keys, cancellationToken);
        var gone = new List<(PointTags, long)>();
        foreach (var (key, number) in keys.Zip(numbers))
        {
            if (number is not null && graph.FormulaOf(key) is null)
            {
                counts.Uncatalogued(key.Set, key.Indicator, found.Series[key]);
                continue;
            }
            counts.Foreign(key.Set, key.Indicator, found.Series[key]);
            gone.Add((PointTags.Of(key), found.Series[key].Points));
        }
        await DeleteAsync(gone, cancellationToken);
        await RemoveAsync(found.Others, cancellationToken);
    }

    private async Task DeleteAsync(List<(PointTags Tags, long Points)> series, CancellationToken cancellationToken)
    {
        if (!mends || series.Count == 0)
            return;
        var refused = await influx.DeleteSeriesAsync(series.ConvertAll(one => one.Tags), cancellationToken);
        deleted += series.Sum(one => one.Points) - refused.Sum(one => series[one.Index].Points);
        notMended.AddRange(
            refused.Select(one =>
                $"{string.Join(',', series[one.Index].Tags.All.Select(tag => $"{tag.Key}={tag.Value}"))}: {one.Reason}"
            )
        );
    }

    private MonthSums Sums(Dictionary<long, (Period Period, ulong Hash)> points)
    {
        var all = new MonthSums();
        foreach (var (instant, (_, hash)) in points)
            all.Add(months.Of(instant), hash);
        return all;
    }

    private async Task MarkAsync(SeriesKey series, Period period, int fields, CancellationToken cancellationToken)
    {
        if (!mends)
            return;
        if (numbered is not { } last || last.Series != series)
            numbered = last = (series, (await outbox.NumberSeriesAsync([series], cancellationToken))[0]);
        marks.Add(new(last.Number, period, fields));
        if (marks.Count >= MarksAtOnce)
            await FlushAsync(cancellationToken);
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (marks.Count > 0)
            await outbox.MarkAgainAsync(marks, actor, at, cancellationToken);
        marks.Clear();
    }

    private static PointAddress At(PointTags tags, long nanoseconds)
    {
        var fraction = (int)((nanoseconds % 1_000_000_000 + 1_000_000_000) % 1_000_000_000);
        return new(tags, (nanoseconds - fraction) / 1_000_000_000) { Nanoseconds = fraction };
    }
}
