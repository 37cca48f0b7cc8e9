using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using KpiMetrics.Pipeline.Publishing.Verifying;
using Microsoft.Extensions.Logging;

namespace KpiMetrics.Pipeline.Publishing;

/// <summary>Writes to InfluxDB 1.x: <c>/write</c> and <c>/query</c>.</summary>
public sealed class InfluxV1Writer : IInfluxWriter
{
    // Kept small, as the whole of a request must be done within the timeout.
    private const int SeriesPerStatement = 250;
    private const int StatementsPerRequest = 20;

    private const int MostTimes = 100;
    private static readonly TimeSpan Snapshot = TimeSpan.FromMilliseconds(100);

    private readonly InfluxOptions options;
    private readonly ILogger logger;
    private readonly InfluxHttp influx;
    private readonly LineSender lines;
    private readonly StoredPoints stored;
    private bool warned;

    /// <param name="http">From <see cref="InfluxWriters.CreateClient"/>.</param>
    /// <param name="options">Checked, with a Url.</param>
    public InfluxV1Writer(HttpClient http, InfluxOptions options, ILogger logger)
    {
        this.options = options;
        this.logger = logger;
        influx = new(http, options, Credentials(options));
        stored = new(http, options);
        lines = new(influx, "write", Query(("db", options.Database), ("precision", "s")), options.BatchSize);
    }

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var reply = await QueryAsync([InfluxQl.CreateDatabase(options.Database)], cancellationToken);
        if (reply.Status == HttpStatusCode.Forbidden)
            return; // a user that may write need not be allowed to create databases
        if (!reply.IsDone)
            throw reply.Fault();
        if (StatementFault(reply) is { } fault && !warned)
        {
            warned = true;
            PublishLog.OtherShards(logger, options.Database, fault);
        }
    }

    public Task WriteAsync(EngineReading reading, CancellationToken cancellationToken) =>
        lines.SendAsync(EngineLine.Of(reading), cancellationToken);

    public async Task<IReadOnlyList<RefusedLine>> DeleteAsync(
        IReadOnlyList<PointAddress> points,
        CancellationToken cancellationToken
    )
    {
        await DeleteAsync(points, Statements, FindAsync, cancellationToken);
        return [];

        static IEnumerable<string> Statements(IEnumerable<PointAddress> left) =>
            from instant in left.GroupBy(InfluxQl.Instant, point => point.Tags)
            from series in instant.Chunk(SeriesPerStatement)
            select InfluxQl.Delete(instant.Key, series);
    }

    public async Task<IReadOnlyList<RefusedLine>> DeleteSeriesAsync(
        IReadOnlyList<PointTags> series,
        CancellationToken cancellationToken
    )
    {
        foreach (var some in series.Chunk(SeriesPerStatement))
            await DeleteAsync(some, left => [InfluxQl.DeleteSeries(left)], FindAsync, cancellationToken);
        return [];
    }

    public Task<IReadOnlyList<PointFields>?> LookAsync(IReadOnlyList<PointAddress> points, CancellationToken cancellationToken) =>
        stored.LookAsync(points, cancellationToken);

    // InfluxDB deletes on disk and in memory, but not what it is writing from memory to disk at that moment: that is back as soon as it is
    // written, though the answer was yes. Nearly all of it is seen all along, so whoever looks knows; the rest is seen by a later look (DeletionLooks).
    private async Task DeleteAsync<T>(
        IReadOnlyList<T> all,
        Func<IReadOnlyList<T>, IEnumerable<string>> statements,
        Func<IReadOnlyList<T>, CancellationToken, Task<IReadOnlyList<T>>> find,
        CancellationToken cancellationToken
    )
    {
        var left = all;
        for (var times = 1; left.Count > 0; times++)
        {
            if (times > MostTimes)
                throw new InfluxUnavailableException(
                    $"InfluxDB at {options.Url} deleted points {MostTimes} times, and still has them."
                );
            if (times > 1)
                await Task.Delay(Snapshot, cancellationToken);
            foreach (var some in statements(left).Chunk(StatementsPerRequest))
                await AskAsync(some, cancellationToken);
            left = await find(left, cancellationToken);
        }
    }

    // None where we may not look: a user that may write need not be allowed to.
    private async Task<IReadOnlyList<PointAddress>> FindAsync(
        IReadOnlyList<PointAddress> deleted,
        CancellationToken cancellationToken
    ) =>
        await LookAsync(deleted, cancellationToken) is { } found
            ? [.. deleted.Where((_, place) => found[place] != PointFields.None)]
            : [];

    private async Task<IReadOnlyList<PointTags>> FindAsync(IReadOnlyList<PointTags> deleted, CancellationToken cancellationToken)
    {
        try
        {
            return await stored.HasAnyAsync(deleted, cancellationToken) ? deleted : [];
        }
        catch (InfluxRefusedException)
        {
            return [];
        }
    }

    private async Task AskAsync(IEnumerable<string> statements, CancellationToken cancellationToken)
    {
        var reply = await QueryAsync(statements, cancellationToken);
        if (!reply.IsDone)
            throw reply.Fault();
        if (StatementFault(reply) is { } fault)
            throw StatementException(reply, fault);
    }

    public Task<IReadOnlyList<RefusedLine>> WriteAsync(IReadOnlyList<Point> points, CancellationToken cancellationToken) =>
        lines.SendAsync(points, cancellationToken);

    private async Task<InfluxReply> QueryAsync(IEnumerable<string> statements, CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent([new("q", string.Join(";", statements))]);
        return await influx.SendAsync(HttpMethod.Post, "query", Query(("db", options.Database)), form, cancellationToken);
    }

    private static Exception StatementException(InfluxReply reply, string fault) =>
        fault.StartsWith("database not found", StringComparison.Ordinal)
            ? new InfluxRefusedException($"InfluxDB at {reply.Where} says: {fault}. Check {InfluxOptions.Section}:Database.")
            : new InfluxUnavailableException($"InfluxDB at {reply.Where} could not delete: {fault}");

    // A statement that fails does so under a status of 200.
    private static string? StatementFault(InfluxReply reply)
    {
        try
        {
            using var answer = JsonDocument.Parse(reply.Body);
            foreach (var result in answer.RootElement.GetProperty("results").EnumerateArray())
            {
                if (result.TryGetProperty("error", out var fault))
                    return fault.GetString();
            }
            return null;
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InfluxRefusedException(
                $"{reply.Where} does not answer as InfluxDB does: {reply.Reason}. Check {InfluxOptions.Section}:Url."
            );
        }
    }

    private static Dictionary<string, string> Query(params (string Name, string Value)[] pairs) =>
        pairs.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);

    internal static AuthenticationHeaderValue? Credentials(InfluxOptions options) =>
        options.User is null
            ? null
            : new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.User}:{options.Password}")));
}
