using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Extensions.Logging;

namespace KpiMetrics.Pipeline.Publishing;

/// <summary>Writes to InfluxDB 2.x and stores that take <c>/api/v2/write</c>.</summary>
/// <remarks>A store that cannot delete (VictoriaMetrics) refuses each deletion, with its reason; writing goes on.</remarks>
public sealed class InfluxV2Writer : IPointWriter
{
    private readonly Dictionary<string, string> place;
    private readonly InfluxHttp influx;
    private readonly LineSender lines;
    private readonly BucketMaker buckets;

    /// <param name="http">From <see cref="InfluxWriters.CreateClient"/>.</param>
    /// <param name="options">Checked, with a Url.</param>
    public InfluxV2Writer(HttpClient http, InfluxOptions options, ILogger logger)
    {
        place = new(StringComparer.Ordinal) { ["org"] = options.Org ?? "", ["bucket"] = options.Bucket ?? "" };
        influx = new(http, options, options.Token is null ? null : new("Token", options.Token));
        var query = new Dictionary<string, string>(place, StringComparer.Ordinal) { ["precision"] = "s" };
        lines = new(influx, "api/v2/write", query, options.BatchSize);
        buckets = new(influx, options, logger);
    }

    public Task PrepareAsync(CancellationToken cancellationToken) => buckets.EnsureAsync(cancellationToken);

    public async Task<IReadOnlyList<RefusedLine>> DeleteAsync(
        IReadOnlyList<PointAddress> points,
        CancellationToken cancellationToken
    )
    {
        var refused = new List<RefusedLine>();
        for (var i = 0; i < points.Count; i++)
        {
            using var body = JsonContent.Create(Deletion(points[i]));
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

    // From the second of the point up to a nanosecond later, so that it does not matter whether the end counts as inside.
    private static Dictionary<string, string> Deletion(PointAddress point)
    {
        var instant = InfluxQl.Instant(point.Seconds);
        return new(StringComparer.Ordinal)
        {
            ["start"] = instant,
            ["stop"] = instant.Replace("Z", ".000000001Z", StringComparison.Ordinal),
            ["predicate"] = Predicate(point.Tags),
        };
    }

    private static string Predicate(PointTags tags)
    {
        var result = new StringBuilder($"_measurement=\"{InfluxNames.Kpi}\"");
        foreach (var (name, value) in tags.All)
        {
            var text = value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
            result.Append(" AND ").Append(name).Append("=\"").Append(text).Append('"');
        }
        return result.ToString();
    }
}
