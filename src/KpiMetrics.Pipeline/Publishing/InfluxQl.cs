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
        $"DELETE FROM {Identifier(InfluxNames.Kpi)} WHERE time = '{instant}' AND ({Exactly(series)})";

    /// <summary>The points of one instant, series by series; and perhaps others of the same measures and areas.</summary>
    /// <remarks>By measure and area alone the server finds the few in a fiftieth of the time (<see cref="Exactly"/>).</remarks>
    public static string Select(string instant, IEnumerable<PointTags> series) =>
        $"SELECT * FROM {Identifier(InfluxNames.Kpi)} WHERE time = '{instant}' AND ({Any(series, [IsMeasure, IsArea])}) GROUP BY *";

    /// <summary>One of the points of some series, if any is there.</summary>
    public static string FindSeries(IEnumerable<PointTags> series) =>
        $"SELECT * FROM {Identifier(InfluxNames.Kpi)} WHERE {Exactly(series)} LIMIT 1";

    /// <summary>Deletes all points of some series.</summary>
    public static string DeleteSeries(IEnumerable<PointTags> series) =>
        $"DELETE FROM {Identifier(InfluxNames.Kpi)} WHERE {Exactly(series)}";

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

    /// <summary>Exactly these series.</summary>
    /// <remarks>
    /// For every tag that is named the server goes through all series that have its value, and set, subject and frequency are those of thousands: they are
    /// named once for all series that share them. 150 points are deleted in a third of the time.
    /// </remarks>
    private static string Exactly(IEnumerable<PointTags> series) => Any(series, [IsShared, IsMeasure, IsArea]);

    private static string Any(IEnumerable<PointTags> series, ReadOnlySpan<Func<string, bool>> levels)
    {
        if (levels.IsEmpty)
            return "";
        var any = new List<string>();
        foreach (var some in series.GroupBy(TagsOf(levels[0]), StringComparer.Ordinal))
        {
            var more = Any(some, levels[1..]);
            any.Add(
                (some.Key, more) switch
                {
                    (_, "") => some.Key,
                    ("", _) => more,
                    _ => $"{some.Key} AND ({more})",
                }
            );
        }
        return string.Join(" OR ", any);
    }

    private static Func<PointTags, string> TagsOf(Func<string, bool> isOfLevel) =>
        tags => All(tags.All.Where(tag => isOfLevel(tag.Key)));

    private static bool IsMeasure(string tag) => tag == InfluxNames.Measure;

    private static bool IsArea(string tag) => tag == InfluxNames.Area;

    private static bool IsShared(string tag) => !IsMeasure(tag) && !IsArea(tag);

    private static string All(IEnumerable<KeyValuePair<string, string>> tags) => string.Join(" AND ", tags.Select(Equal));

    private static string Equal(KeyValuePair<string, string> tag) => $"{Identifier(tag.Key)} = '{Escape(tag.Value, '\'')}'";

    private static string Identifier(string name) => $"\"{Escape(name, '"')}\"";

    private static string Escape(string text, char quote) =>
        new StringBuilder(text).Replace("\\", "\\\\").Replace($"{quote}", $"\\{quote}").Replace("\n", "\\n").ToString();
}
