using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace KpiMetrics.Pipeline.Publishing;

/// <summary>Creates the bucket, with long shards, where the server offers that and the bucket is missing.</summary>
/// <remarks>Looks only as far as it is let: a token may be for writing alone, a store may know no buckets. Writing tells then.</remarks>
internal sealed class BucketMaker(InfluxHttp influx, InfluxOptions options, ILogger logger)
{
    private const string Buckets = "api/v2/buckets";

    private bool warned;

    /// <exception cref="InfluxUnavailableException">The server cannot be reached or cannot work now.</exception>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        var named = Query(("org", options.Org), ("name", options.Bucket));
        var found = Checked(await influx.SendAsync(HttpMethod.Get, Buckets, named, null, cancellationToken));
        // InfluxDB says "not found" in a code of its own; another 404 is a store without buckets.
        var missing = found.IsDone ? FirstId(found, "buckets") is null : found.Json("code") == "not found";
        if (missing)
            await CreateAsync(cancellationToken);
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        var orgs = Checked(
            await influx.SendAsync(HttpMethod.Get, "api/v2/orgs", Query(("org", options.Org)), null, cancellationToken)
        );
        if (!orgs.IsDone || FirstId(orgs, "orgs") is not { } org)
        {
            Warn(orgs.IsDone ? $"no organization {options.Org}" : orgs.Reason);
            return;
        }
        using var bucket = JsonContent.Create(
            new
            {
                orgID = org,
                name = options.Bucket,
                retentionRules = new[]
                {
                    new
                    {
                        type = "expire",
                        everySeconds = 0,
                        shardGroupDurationSeconds = LongShards.Seconds,
                    },
                },
            }
        );
        var made = Checked(await influx.SendAsync(HttpMethod.Post, Buckets, Query(), bucket, cancellationToken));
        if (!made.IsDone)
            Warn(made.Reason);
    }

    private void Warn(string answer)
    {
        if (!warned)
            PublishLog.NoBucket(logger, options.Bucket ?? "", answer);
        warned = true;
    }

    private static InfluxReply Checked(InfluxReply reply) =>
        !reply.IsDone && reply.Fault() is InfluxUnavailableException away ? throw away : reply;

    private static Dictionary<string, string> Query(params (string Name, string? Value)[] pairs) =>
        pairs.ToDictionary(pair => pair.Name, pair => pair.Value ?? "", StringComparer.Ordinal);

    private static string? FirstId(InfluxReply reply, string list)
    {
        try
        {
            using var answer = JsonDocument.Parse(reply.Body);
            return answer
                .RootElement.GetProperty(list)
                .EnumerateArray()
                .Select(item => item.GetProperty("id").GetString())
                .FirstOrDefault();
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InfluxRefusedException(
                $"{reply.Where} does not answer as InfluxDB does: {reply.Reason}. Check {InfluxOptions.Section}:Url."
            );
        }
    }
}
