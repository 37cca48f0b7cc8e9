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
    public static string Delete(long seconds, IEnumerable<PointTags> series)
    {
        var any = string.Join(" OR ", series.Select(tags => $"({string.Join(" AND ", tags.All.Select(Equal))})"));
        return $"DELETE FROM {Identifier(InfluxNames.Kpi)} WHERE time = '{Instant(seconds)}' AND ({any})";
    }

    public static string Instant(long seconds) =>
        DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Equal(KeyValuePair<string, string> tag) => $"{Identifier(tag.Key)} = '{Escape(tag.Value, '\'')}'";

    private static string Identifier(string name) => $"\"{Escape(name, '"')}\"";

    private static string Escape(string text, char quote) =>
        new StringBuilder(text).Replace("\\", "\\\\").Replace($"{quote}", $"\\{quote}").Replace("\n", "\\n").ToString();
}
