namespace KpiMetrics.Pipeline.Publishing;

/// <summary>Where the points go. Checked by <see cref="InfluxOptionsValidator"/>.</summary>
public sealed record InfluxOptions
{
    /// <summary>The configuration section these are bound from.</summary>
    public const string Section = "Influx";

    /// <summary>
    /// The server's address with <c>http</c> or <c>https</c>, a path where a proxy adds one, and no credentials:
    /// <c>http://127.0.0.1:8086</c>. Default null: InfluxDB is not configured and the points wait in the outbox.
    /// </summary>
    public string? Url { get; init; }

    /// <summary>
    /// The API to write with: 1 for <c>/write</c> and <c>/query</c> (InfluxDB 1.x), 2 for <c>/api/v2</c> (InfluxDB 2.x and 3.x, compatible
    /// stores). Default 1.
    /// </summary>
    public int Version { get; init; } = 1;

    /// <summary>Version 1: the database; created with long shards where it is missing. Default <c>kpi</c>.</summary>
    public string Database { get; init; } = "kpi";

    /// <summary>Version 2: the organization's name. No default.</summary>
    public string? Org { get; init; }

    /// <summary>Version 2: the bucket's name; created with long shards where it is missing. No default.</summary>
    public string? Bucket { get; init; }

    /// <summary>Version 2: a token that may write to and delete from the bucket. From the environment. Default null: none is sent.</summary>
    public string? Token { get; init; }

    /// <summary>Version 1: a user that may write, and delete, in the database; without a colon. Default null: none is sent.</summary>
    public string? User { get; init; }

    /// <summary>Version 1: the user's password. From the environment.</summary>
    public string? Password { get; init; }

    /// <summary>How many lines go into one request. Default 5,000, allowed 1..50,000.</summary>
    public int BatchSize { get; init; } = 5000;

    /// <summary>How long one request may take, in seconds, before InfluxDB counts as away. Default 30, allowed 1..600.</summary>
    public int TimeoutSeconds { get; init; } = 30;

    /// <summary>Names the place, never the secrets.</summary>
    public override string ToString() => $"InfluxDB {Version} at {Url ?? "(not configured)"}";
}
