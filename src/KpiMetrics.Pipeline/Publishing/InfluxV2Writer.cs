using System.Net;
using System.Net.Http.Json;
using System.Text;
using KpiMetrics.Pipeline.Publishing.Verifying;
using Microsoft.Extensions.Logging;

namespace KpiMetrics.Pipeline.Publishing;

/// <summary>Writes to InfluxDB 2.x and stores that take <c>/api/v2/write</c>.</summary>
/// <remarks>A store that cannot delete (VictoriaMetrics) refuses each deletion, with its reason; writing goes on.</remarks>
public sealed class InfluxV2Writer : IInfluxWriter
{
    private readonly Dictionary<string, string> place;
    private readonly InfluxHttp influx;
    private readonly LineSender lines;
    private readonly StoredPoints stored;
    private readonly BucketMaker buckets;

    /// <param name="http">From <see cref="InfluxWriters.CreateClient"/>.</param>
    /// <param name="options">Checked, with a Url.</param>
    public InfluxV2Writer(HttpClient http, InfluxOptions options, ILogger logger)
    {
        place = new(StringComparer.Ordinal) { ["org"] = options.Org ?? "", ["bucket"] = options.Bucket ?? "" };
        influx = new(http, options, options.Token is null ? null : new("Token", options.Token));
        var query = new Dictionary<string, string>(place, StringComparer.Ordinal) { ["precision"] = "s" };
        stored = new(http, options);
        lines = new(influx, "api/v2/write", query, options.BatchSize);
        buckets = new(influx, options, logger);
    }

    public Task PrepareAsync(CancellationToken cancellationToken) => buckets.EnsureAsync(cancellationToken);

    public Task WriteAsync(EngineReading reading, CancellationToken cancellationToken) =>
        lines.SendAsync(EngineLine.Of(reading), cancellationToken);

    public async Task<IReadOnlyList<RefusedLine>> DeleteAsync(
        IReadOnlyList<PointAddress> points,
        CancellationToken cancellationToken
    ) => await DeleteAsync(points.Select(Deletion), cancellationToken);

    /// <remarks>
    /// The API knows no way to ask for a tag that is absent: what would also name series that have more tags than this one is refused, lest points of
    /// ours go with it.
    /// </remarks>
    public async Task<IReadOnlyList<RefusedLine>> DeleteSeriesAsync(
        IReadOnlyList<PointTags> series,
        CancellationToken cancellationToken
    )
    {
        var refused = new List<RefusedLine>();
        for (var i = 0; i < series.Count; i++)
        {
            var present = series[i].All.Where(tag => tag.Value.Length > 0).ToList();
            var isPrecise =
                present.Any(tag => !InfluxNames.Tags.Contains(tag.Key))
                || InfluxNames.Tags.All(name => present.Exists(tag => tag.Key == name));
            if (!isPrecise)
                refused.Add(new(i, "this API cannot delete a series that lacks tags without others; delete it by hand"));
            else if (
                await DeleteAsync([Deletion(present, "1677-09-22T00:00:00Z", "2262-04-11T00:00:00Z")], cancellationToken)
                is [var one]
            )
                refused.Add(one with { Index = i });
        }
        return refused;
    }

    public Task<IReadOnlyList<PointFields>?> LookAsync(IReadOnlyList<PointAddress> points, CancellationToken cancellationToken) =>
        stored.LookAsync(points, cancellationToken);

    private async Task<IReadOnlyList<RefusedLine>> DeleteAsync(
        IEnumerable<Dictionary<string, string>> deletions,
        CancellationToken cancellationToken
    )
    {
        var refused = new List<RefusedLine>();
        foreach (var (i, deletion) in deletions.Index())
        {
            using var body = JsonContent.Create(deletion);
            var reply = await influx.SendAsync(HttpMethod.Post, "api/v2/delete", place, body, cancellationToken);
            if (CannotDelete(reply))
                refused.Add(new(i, reply.Reason));
            else if (!reply.IsDone)
                throw reply.Fault();
        }
        return refused;
    }

    public Task<IReadOnlyList<RefusedLine>> WriteAsync(IReadOnlyList<Point> points, CancellationToken cancellationToken) =>
        lines.SendAsync(points, cancellationToken);

    // InfluxDB's own "not found" names a code: there it is the bucket that is missing, elsewhere the address.
    private static bool CannotDelete(InfluxReply reply) =>
        reply.Status is HttpStatusCode.BadRequest or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented
        || reply.Status == HttpStatusCode.NotFound && reply.Json("code") is null;

    // From the instant of the point up to a nanosecond later, so that it does not matter whether the end counts as inside.
    private static Dictionary<string, string> Deletion(PointAddress point) =>
        Deletion(point.Tags.All, InfluxQl.Instant(point), InfluxQl.Instant(point.Seconds, point.Nanoseconds + 1));

    private static Dictionary<string, string> Deletion(
        IEnumerable<KeyValuePair<string, string>> tags,
        string start,
        string stop
    ) =>
        new(StringComparer.Ordinal)
        {
            ["start"] = start,
            ["stop"] = stop,
            ["predicate"] = Predicate(tags),
        };

    private static string Predicate(IEnumerable<KeyValuePair<string, string>> tags)
    {
        var result = new StringBuilder($"_measurement=\"{InfluxNames.Kpi}\"");
        foreach (var (name, value) in tags)
        {
            var text = value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
            result.Append(" AND ").Append(name).Append("=\"").Append(text).Append('"');
        }
        return result.ToString();
    }
}
