using System.Globalization;
using System.Text;

namespace KpiMetrics.Pipeline.Publishing;

/// <summary>Writes the InfluxQL statements the publisher needs.</summary>
internal static class InfluxQl
{
    /// <summary>
    /// A database whose shards span ten years: a query over slow figures opens one shard and not hundreds. Where the database is
    /// there with the same settings nothing happens; with others the server says so and leaves it.
    /// </summary>
    public static string CreateDatabase(string name) =>
        $"CREATE DATABASE {Identifier(name)} WITH DURATION INF REPLICATION 1 SHARD DURATION {LongShards.Weeks}w";

    /// <summary>Deletes the points of one instant. One statement costs the server a walk through its series, whatever it deletes.</summary>
    public static string Delete(string instant, IEnumerable<PointTags> series) =>
        $"DELETE FROM {Identifier(InfluxNames.Kpi)} WHERE time = '{instant}' AND ({Any(series)})";

    /// <summary>The points of one instant, series by series; and perhaps others of the same measures and areas.</summary>
    /// <remarks>
    /// For every tag that is named the server goes through all series that have its value, and subject and frequency are those of thousands: by measure and
    /// area alone it finds the few in a fiftieth of the time.
    /// </remarks>
    public static string Select(string instant, IEnumerable<PointTags> series) =>
        $"SELECT * FROM {Identifier(InfluxNames.Kpi)} WHERE time = '{instant}' AND ({string.Join(" OR ", series.Select(Narrow).Distinct(StringComparer.Ordinal))}) GROUP BY *";

    /// <summary>One of the points of some series, if any is there.</summary>
    public static string FindSeries(IEnumerable<PointTags> series) =>
        $"SELECT * FROM {Identifier(InfluxNames.Kpi)} WHERE {Any(series)} LIMIT 1";

    /// <summary>Deletes all points of some series.</summary>
    public static string DeleteSeries(IEnumerable<PointTags> series) =>
        $"DELETE FROM {Identifier(InfluxNames.Kpi)} WHERE {Any(series)}";

    /// <summary>All points whose tags are as given, series by series.</summary>
    public static string Select(IEnumerable<KeyValuePair<string, string>> tags) =>
        $"SELECT * FROM {Identifier(InfluxNames.Kpi)} WHERE {All(tags)} GROUP BY *";

    /// <summary>All points that lack one of some tags, series by series.</summary>
    public static string SelectLacking(IEnumerable<string> tags) =>
        $"SELECT * FROM {Identifier(InfluxNames.Kpi)} WHERE {string.Join(" OR ", tags.Select(tag => Equal(new(tag, ""))))} GROUP BY *";

    /// <summary>The values of a tag where others are as given.</summary>
    public static string Values(string tag, IReadOnlyCollection<KeyValuePair<string, string>> where) =>
        $"SHOW TAG VALUES FROM {Identifier(InfluxNames.Kpi)} WITH KEY = {Identifier(tag)}"
        + (where.Count > 0 ? $" WHERE {All(where)}" : "");

    public static string Instant(PointAddress point) => Instant(point.Seconds, point.Nanoseconds);

    public static string Instant(long seconds, int nanoseconds = 0)
    {
        var fraction = nanoseconds == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $".{nanoseconds:000000000}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{DateTimeOffset.FromUnixTimeSeconds(seconds):yyyy-MM-dd'T'HH:mm:ss}{fraction}Z"
        );
    }

    private static string Any(IEnumerable<PointTags> series) => string.Join(" OR ", series.Select(tags => $"({All(tags.All)})"));

    private static string Narrow(PointTags tags) =>
        $"({All(tags.All.Where(tag => tag.Key is InfluxNames.Measure or InfluxNames.Area))})";

    private static string All(IEnumerable<KeyValuePair<string, string>> tags) => string.Join(" AND ", tags.Select(Equal));

    private static string Equal(KeyValuePair<string, string> tag) => $"{Identifier(tag.Key)} = '{Escape(tag.Value, '\'')}'";

    private static string Identifier(string name) => $"\"{Escape(name, '"')}\"";

    private static string Escape(string text, char quote) =>
        new StringBuilder(text).Replace("\\", "\\\\").Replace($"{quote}", $"\\{quote}").Replace("\n", "\\n").ToString();
}
