using KpiMetrics.Core.Figures;

namespace KpiMetrics.Pipeline.Publishing.Verifying;

/// <summary>What the store has of one measure: sums by month of each series, never the points themselves.</summary>
internal sealed class StoredSums
{
    private StoredSums() { }

    /// <summary>Of series whose tags are those of a series of ours could be.</summary>
    public Dictionary<SeriesKey, MonthSums> Series { get; } = [];

    /// <summary>Of series with other tags.</summary>
    public List<(IReadOnlyDictionary<string, string> Tags, MonthSums Sums)> Others { get; } = [];

    public static async Task<StoredSums> ReadAsync(
        IAsyncEnumerable<StoredPoint> points,
        LocalMonths months,
        CancellationToken cancellationToken
    )
    {
        var all = new StoredSums();
        IReadOnlyDictionary<string, string>? tags = null;
        var sums = new MonthSums();
        await foreach (var point in points.WithCancellation(cancellationToken))
        {
            if (!ReferenceEquals(point.Tags, tags))
            {
                tags = point.Tags;
                sums = all.SumsOf(tags);
            }
            sums.Add(months.Of(point.Nanoseconds), point.Hash);
        }
        return all;
    }

    private MonthSums SumsOf(IReadOnlyDictionary<string, string> tags)
    {
        var sums = new MonthSums();
        if (InfluxNames.KeyOf(tags) is not { } key)
            Others.Add((tags, sums));
        else if (!Series.TryAdd(key, sums))
            return Series[key]; // a store may come back to a series
        return sums;
    }
}
