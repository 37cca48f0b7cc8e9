using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace KpiMetrics.ServerTests.Boards;

/// <summary>Asks both stores what Grafana would ask for a board, as the role that Grafana's login has.</summary>
internal sealed class BoardReader : IAsyncDisposable
{
    private static readonly HttpClient Http = new();

    private readonly Uri influx;
    private readonly NpgsqlDataSource postgres;
    private readonly CancellationToken token;

    /// <param name="influxUrl">Of a server of InfluxDB 1.x.</param>
    /// <param name="influxDatabase">The database of the figures there.</param>
    /// <param name="database">The connection string of the ledger.</param>
    public BoardReader(string influxUrl, string influxDatabase, string database, CancellationToken token)
    {
        this.token = token;
        influx = new($"{influxUrl}/query?db={influxDatabase}&epoch=ms");
        var source = new NpgsqlDataSourceBuilder(
            new NpgsqlConnectionStringBuilder(database)
            {
                SearchPath = "kpi",
                Timezone = "Asia/Ho_Chi_Minh",
                MaxPoolSize = 4,
            }.ConnectionString
        );
        source.UsePhysicalConnectionInitializer(
            connection => Reader(connection).ExecuteNonQuery(),
            async connection => await Reader(connection).ExecuteNonQueryAsync()
        );
        postgres = source.Build();
    }

    /// <summary>The slowest query so far, and how long it took.</summary>
    public (TimeSpan Took, string Query) Slowest { get; private set; }

    public ValueTask DisposeAsync() => postgres.DisposeAsync();

    /// <summary>A board as it opens: every variable at its first value, or at all.</summary>
    /// <param name="choices">Variables that stand at something else.</param>
    public async Task<BoardValues> OpenAsync(BoardFile board, params (string Name, string Value)[] choices)
    {
        var now = TimeProvider.System.GetUtcNow();
        var values = new BoardValues(Instant(board.From, now), now);
        foreach (var variable in board.Variables)
        {
            var name = variable.GetProperty("name").GetString() ?? "";
            var query = variable.GetProperty("query").GetString() ?? "";
            var options = (await SqlAsync(values.Sql(query)))
                .Records.Select(row => (Frame.Text(row["__value"]) ?? "", Frame.Text(row["__text"]) ?? ""))
                .ToList();
            var wanted = choices.Where(choice => choice.Name == name).Select(choice => choice.Value).ToList();
            if (options.Count == 0 || wanted.Exists(value => options.TrueForAll(option => option.Item1 != value)))
                throw new InvalidOperationException(
                    $"{board.Title}: '{name}' lacks a choice {string.Join(", ", wanted)}: {values.Sql(query)}"
                );
            values.Choose(
                name,
                wanted.Count > 0 ? options.FindAll(option => wanted.Contains(option.Item1))
                    : variable.GetProperty("multi").GetBoolean() ? options
                    : options[..1]
            );
        }
        return values;
    }

    /// <summary>What a panel shows: its answers, transformed.</summary>
    public async Task<IReadOnlyList<Frame>> ReadAsync(BoardPanel panel, BoardValues values)
    {
        var frames = new List<Frame>();
        foreach (var target in panel.Targets)
            frames.AddRange(await ReadAsync(target, values));
        return Transformations.Apply(frames, panel.Transformations);
    }

    /// <summary>What a panel shows that makes one table of its answers.</summary>
    public async Task<Frame> TableAsync(BoardPanel panel, BoardValues values) => (await ReadAsync(panel, values)).Single();

    public async Task<IReadOnlyList<Frame>> ReadAsync(JsonElement target, BoardValues values)
    {
        var isInflux = target.GetProperty("datasource").GetProperty("uid").GetString() == "kpi-influxdb";
        var text = isInflux
            ? values.InfluxQl(target.GetProperty("query").GetString() ?? "")
            : values.Sql(target.GetProperty("rawSql").GetString() ?? "");
        var began = Stopwatch.GetTimestamp();
        var frames = isInflux
            ? await InfluxAsync(text, target.GetProperty("resultFormat").GetString() == "table")
            : [await SqlAsync(text)];
        var took = Stopwatch.GetElapsedTime(began);
        if (took > Slowest.Took)
            Slowest = (took, text);
        return frames;
    }

    private async Task<Frame> SqlAsync(string sql)
    {
        await using var command = postgres.CreateCommand(sql);
        try
        {
            await using var reader = await command.ExecuteReaderAsync(token);
            var rows = new List<IReadOnlyList<object?>>();
            while (await reader.ReadAsync(token))
                rows.Add([
                    .. Enumerable
                        .Range(0, reader.FieldCount)
                        .Select(column => reader.IsDBNull(column) ? null : reader.GetValue(column)),
                ]);
            return new([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)], rows);
        }
        catch (PostgresException fault)
        {
            throw new InvalidOperationException($"{fault.MessageText} in:\n{sql}", fault);
        }
    }

    private async Task<IReadOnlyList<Frame>> InfluxAsync(string influxQl, bool isTable)
    {
        using var form = new FormUrlEncodedContent([new("q", influxQl)]);
        using var response = await Http.PostAsync(influx, form, token);
        var body = JsonElement.Parse(await response.Content.ReadAsStringAsync(token));
        var result = body.TryGetProperty("results", out var results) ? results[0] : body;
        if (result.TryGetProperty("error", out var error))
            throw new InvalidOperationException($"{error.GetString()} in: {influxQl}");
        if (!result.TryGetProperty("series", out var all))
            return [];
        var series = all.EnumerateArray().ToList();
        return isTable ? [Table(series)] : [.. series.Select(one => Table([one]))];
    }

    // As Grafana makes one table of all series: the instant, the tags, the fields.
    private static Frame Table(List<JsonElement> series)
    {
        var tags = series[0].TryGetProperty("tags", out var first)
            ? first.EnumerateObject().Select(tag => tag.Name).ToList()
            : [];
        var fields = series[0].GetProperty("columns").EnumerateArray().Skip(1).Select(column => column.GetString() ?? "");
        var rows = new List<IReadOnlyList<object?>>();
        foreach (var one in series)
        {
            var own = tags.ConvertAll(tag => (object?)one.GetProperty("tags").GetProperty(tag).GetString());
            foreach (var values in one.GetProperty("values").EnumerateArray())
                rows.Add([
                    DateTimeOffset.FromUnixTimeMilliseconds(values[0].GetInt64()).UtcDateTime,
                    .. own,
                    .. values.EnumerateArray().Skip(1).Select(Cell),
                ]);
        }
        return new(["Time", .. tags, .. fields], rows);
    }

    private static object? Cell(JsonElement cell) =>
        cell.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.Number => cell.GetDouble(),
            _ => cell.ToString(),
        };

    private static NpgsqlCommand Reader(NpgsqlConnection connection) => new("SET ROLE kpi_reader", connection);

    // now-3y, now-24h
    private static DateTimeOffset Instant(string text, DateTimeOffset now)
    {
        var number = int.Parse(text.AsSpan(4, text.Length - 5), CultureInfo.InvariantCulture);
        return text[^1] switch
        {
            'h' => now.AddHours(-number),
            'd' => now.AddDays(-number),
            'y' => now.AddYears(-number),
            _ => throw new NotSupportedException($"The test cannot read '{text}'."),
        };
    }
}
