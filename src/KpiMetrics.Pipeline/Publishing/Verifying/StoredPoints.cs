using System.Runtime.CompilerServices;
using System.Text.Json;

namespace KpiMetrics.Pipeline.Publishing.Verifying;

/// <summary>Reads points back by InfluxQL, which 1.x, 2.x and 3.x speak, as a stream.</summary>
public sealed class StoredPoints
{
    // Points of an answer's line: small, as a line is in memory whole.
    private const string ChunkSize = "500";

    // Kept small, as the whole of a request must be done within the timeout.
    private const int SeriesPerStatement = 250;
    private const int StatementsPerRequest = 20;

    private readonly InfluxHttp influx;
    private readonly InfluxOptions options;

    /// <param name="http">From <see cref="InfluxWriters.CreateClient"/>.</param>
    /// <param name="options">Checked, with a Url. In version 2 the database is named as the bucket is, which 2.x maps by itself.</param>
    public StoredPoints(HttpClient http, InfluxOptions options)
    {
        this.options = options;
        influx =
            options.Version == 1
                ? new(http, options, InfluxV1Writer.Credentials(options))
                : new(http, options, options.Token is null ? null : new("Token", options.Token));
    }

    /// <summary>Makes sure that the store can be asked.</summary>
    /// <exception cref="InfluxRefusedException">It speaks no InfluxQL, as VictoriaMetrics does not.</exception>
    public async Task ProbeAsync(CancellationToken cancellationToken)
    {
        await foreach (var _ in AskAsync("SHOW MEASUREMENTS", "measurements", cancellationToken)) { }
    }

    /// <summary>The values of a tag among the points whose other tags are as given.</summary>
    internal async Task<IReadOnlyList<string>> ValuesAsync(
        string tag,
        IReadOnlyCollection<KeyValuePair<string, string>> where,
        CancellationToken cancellationToken
    )
    {
        var values = new List<string>();
        await foreach (var series in AskAsync(InfluxQl.Values(tag, where), InfluxNames.Kpi, cancellationToken))
        {
            foreach (var row in series.GetProperty("values").EnumerateArray())
                values.Add(row[1].GetString() ?? "");
        }
        return values;
    }

    /// <summary>Points whose tags are as given, whatever other tags they have; those of a series follow each other.</summary>
    internal IAsyncEnumerable<StoredPoint> ReadAsync(
        IEnumerable<KeyValuePair<string, string>> tags,
        CancellationToken cancellationToken
    ) => PointsAsync(InfluxQl.Select(tags), cancellationToken);

    /// <summary>Points that lack one of the tags.</summary>
    internal IAsyncEnumerable<StoredPoint> ReadLackingAsync(IEnumerable<string> tags, CancellationToken cancellationToken) =>
        PointsAsync(InfluxQl.SelectLacking(tags), cancellationToken);

    /// <summary>Which fields of ours the store has of each point; null where it cannot be asked: a user that may write need not be allowed to look, nor need a store speak InfluxQL.</summary>
    internal async Task<IReadOnlyList<PointFields>?> LookAsync(
        IReadOnlyList<PointAddress> points,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await FieldsAsync(points, cancellationToken);
        }
        catch (InfluxRefusedException)
        {
            return null;
        }
    }

    private async Task<PointFields[]> FieldsAsync(IReadOnlyList<PointAddress> points, CancellationToken cancellationToken)
    {
        var places = points
            .Index()
            .ToLookup(
                point =>
                    (
                        InfluxNames.KeyOf(point.Item.Tags.All.ToDictionary(StringComparer.Ordinal)),
                        PointHash.InstantOf(point.Item)
                    ),
                point => point.Index
            );
        var fields = new PointFields[points.Count];
        var statements =
            from instant in points.GroupBy(InfluxQl.Instant, point => point.Tags)
            from series in instant.Chunk(SeriesPerStatement)
            select InfluxQl.Select(instant.Key, series);
        foreach (var some in statements.Chunk(StatementsPerRequest))
        {
            await foreach (var series in AskAsync(string.Join(';', some), InfluxNames.Kpi, cancellationToken))
            {
                var key = InfluxNames.KeyOf(TagsOf(series));
                var names = ColumnsOf(series).ConvertAll(InfluxNames.FieldOf);
                foreach (var row in series.GetProperty("values").EnumerateArray())
                {
                    var found = PointFields.None;
                    for (var column = 1; column < names.Count; column++)
                        found |= row[column].ValueKind == JsonValueKind.Null ? PointFields.None : names[column];
                    foreach (var place in places[(key, row[0].GetInt64())])
                        fields[place] |= found;
                }
            }
        }
        return fields;
    }

    /// <summary>True where the store has a point of one of the series.</summary>
    internal async Task<bool> HasAnyAsync(IEnumerable<PointTags> series, CancellationToken cancellationToken)
    {
        var any = false;
        await foreach (var _ in AskAsync(InfluxQl.FindSeries(series), InfluxNames.Kpi, cancellationToken))
            any = true;
        return any;
    }

    private async IAsyncEnumerable<StoredPoint> PointsAsync(
        string influxQl,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        IReadOnlyDictionary<string, string> tags = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var series in AskAsync(influxQl, InfluxNames.Kpi, cancellationToken))
        {
            var next = TagsOf(series);
            if (
                !next.OrderBy(tag => tag.Key, StringComparer.Ordinal)
                    .SequenceEqual(tags.OrderBy(tag => tag.Key, StringComparer.Ordinal))
            )
                tags = next;
            var columns = ColumnsOf(series);
            foreach (var row in series.GetProperty("values").EnumerateArray())
                yield return PointOf(tags, columns, row);
        }
    }

    private static Dictionary<string, string> TagsOf(JsonElement series) =>
        series
            .GetProperty("tags")
            .EnumerateObject()
            .ToDictionary(tag => tag.Name, tag => tag.Value.GetString() ?? "", StringComparer.Ordinal);

    private static List<string> ColumnsOf(JsonElement series) =>
        [.. series.GetProperty("columns").EnumerateArray().Select(column => column.GetString() ?? "")];

    private static StoredPoint PointOf(IReadOnlyDictionary<string, string> tags, List<string> columns, JsonElement row)
    {
        var nanoseconds = row[0].GetInt64();
        var hash = PointHash.Of(nanoseconds);
        for (var i = 1; i < columns.Count; i++)
        {
            var (name, cell) = (columns[i], row[i]);
            if (cell.ValueKind == JsonValueKind.Null)
                continue;
            var isText = cell.ValueKind == JsonValueKind.String;
            // A field that is not ours, or of another type, is told from ours by its name, or as it is hashed as text.
            var field =
                cell.ValueKind == JsonValueKind.Number && InfluxNames.Numbers.Contains(name)
                    ? PointHash.OfField(nanoseconds, name, cell.GetDouble())
                    : PointHash.OfField(nanoseconds, name, isText ? cell.GetString() ?? "" : cell.GetRawText());
            hash = PointHash.Plus(hash, field);
        }
        return new(tags, nanoseconds, hash);
    }

    private async IAsyncEnumerable<JsonElement> AskAsync(
        string influxQl,
        string name,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var form = new FormUrlEncodedContent([
            new("db", options.Version == 1 ? options.Database : options.Bucket),
            new("q", influxQl),
            new("epoch", "ns"),
            new("chunked", "true"),
            new("chunk_size", ChunkSize),
        ]);
        var goesOn = true;
        await foreach (var line in influx.LinesAsync("query", form, cancellationToken))
        {
            if (line.Length == 0)
                continue;
            using var answer = Parse(line);
            if (FaultOf(answer.RootElement) is { } fault)
            {
                if (IsMissing(fault))
                    yield break;
                throw new InfluxUnavailableException($"InfluxDB at {options.Url} could not answer '{influxQl}': {fault}");
            }
            foreach (var result in answer.RootElement.GetProperty("results").EnumerateArray())
            {
                goesOn = result.TryGetProperty("partial", out var partial) && partial.GetBoolean();
                if (!result.TryGetProperty("series", out var all))
                    continue;
                foreach (var series in all.EnumerateArray())
                {
                    if (series.GetProperty("name").GetString() != name)
                        throw NotInfluxQl();
                    yield return series;
                }
            }
        }
        if (goesOn)
            throw new InfluxUnavailableException($"InfluxDB at {options.Url} broke off in the middle of an answer.");
    }

    private JsonDocument Parse(string line)
    {
        try
        {
            var answer = JsonDocument.Parse(line);
            if (
                answer.RootElement.ValueKind == JsonValueKind.Object
                && (FaultOf(answer.RootElement) is not null || answer.RootElement.TryGetProperty("results", out _))
            )
                return answer;
            answer.Dispose();
        }
        catch (JsonException)
        {
            // Told below: a proxy's page, or a store that answers in another way.
        }
        throw NotInfluxQl();
    }

    private static string? FaultOf(JsonElement answer)
    {
        if (answer.TryGetProperty("error", out var whole))
            return whole.ToString();
        if (!answer.TryGetProperty("results", out var results))
            return null;
        foreach (var result in results.EnumerateArray())
        {
            if (result.TryGetProperty("error", out var fault))
                return fault.ToString();
        }
        return null;
    }

    // In 1.x a database that is not there is one without points; it is made before anything is written.
    private bool IsMissing(string fault)
    {
        var isMissing = fault.StartsWith("database not found", StringComparison.Ordinal);
        if (options.Version == 1)
            return isMissing;
        // A mapping that is not the default one of its database is none to who names no retention policy.
        return isMissing || fault.StartsWith("default retention policy not set", StringComparison.Ordinal)
            ? throw new InfluxRefusedException(
                $"InfluxDB at {options.Url} maps no database to the bucket: {fault}. Create the mapping (influx v1 dbrp create --default) for InfluxQL."
            )
            : false;
    }

    private InfluxRefusedException NotInfluxQl() =>
        new(
            $"The store at {options.Url} does not answer InfluxQL as InfluxDB does (VictoriaMetrics has none), so its points cannot be compared."
        );
}
