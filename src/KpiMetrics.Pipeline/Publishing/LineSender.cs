using System.Globalization;
using System.Net;

namespace KpiMetrics.Pipeline.Publishing;

/// <summary>Sends points in batches and finds, when a server objects to a batch, the ones it objects to.</summary>
/// <remarks>
/// A server that objects has stored the good lines, or none, and names one bad line at most. So the batch is halved until single
/// lines are refused; lines sent again on the way change nothing. A body that is too large is halved likewise.
/// </remarks>
internal sealed class LineSender(InfluxHttp http, string path, IReadOnlyDictionary<string, string> query, int batchSize)
{
    public async Task<IReadOnlyList<RefusedLine>> SendAsync(IReadOnlyList<Point> points, CancellationToken cancellationToken)
    {
        var refused = new List<RefusedLine>();
        for (var from = 0; from < points.Count; from += batchSize)
            await SendAsync(points, from, Math.Min(batchSize, points.Count - from), refused, cancellationToken);
        return refused;
    }

    /// <summary>Sends one line that is no point of a series.</summary>
    public async Task SendAsync(string line, CancellationToken cancellationToken)
    {
        using var body = new StringContent(line);
        var reply = await http.SendAsync(HttpMethod.Post, path, query, body, cancellationToken);
        if (!reply.IsDone)
            throw reply.Fault();
    }

    private async Task SendAsync(
        IReadOnlyList<Point> points,
        int from,
        int count,
        List<RefusedLine> refused,
        CancellationToken cancellationToken
    )
    {
        using var body = GzipLines.Of(points.Skip(from).Take(count), count);
        var reply = await http.SendAsync(HttpMethod.Post, path, query, body, cancellationToken);
        if (reply.IsDone)
            return;
        if (!ObjectsToLines(reply))
            throw reply.Fault();
        if (count == 1 || reply.Reason.EndsWith(AllDropped(count), StringComparison.Ordinal))
        {
            refused.AddRange(Enumerable.Range(from, count).Select(index => new RefusedLine(index, reply.Reason)));
            return;
        }
        var half = count / 2;
        await SendAsync(points, from, half, refused, cancellationToken);
        await SendAsync(points, from + half, count - half, refused, cancellationToken);
    }

    private static bool ObjectsToLines(InfluxReply reply) =>
        reply.Status == HttpStatusCode.RequestEntityTooLarge
        || reply.Status is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity
            && (reply.Json("error") ?? reply.Json("message")) is not null;

    // How InfluxDB says that it stored nothing, so that a batch bad throughout need not be taken apart line by line.
    private static string AllDropped(int count) => string.Create(CultureInfo.InvariantCulture, $" dropped={count}");
}
