using System.Globalization;
using System.Text.Json;
using KpiMetrics.Pipeline.Publishing;

namespace KpiMetrics.ServerTests.Servers;

/// <summary>
/// Debian's InfluxDB 1.6.7 on data of its own. <c>INFLUXD</c> names another program; <c>KPIMETRICS_TEST_INFLUX_URL</c> a server that runs already,
/// which then cannot be stopped: tests that must stop it are skipped.
/// </summary>
internal sealed class InfluxServer : IAsyncDisposable
{
    private const string RunningVariable = "KPIMETRICS_TEST_INFLUX_URL";

    private static readonly HttpClient Http = new();

    private readonly TestFolder? folder;
    private readonly ServerProcess? process;

    private InfluxServer(string url, TestFolder? folder, ServerProcess? process) =>
        (Url, this.folder, this.process) = (url, folder, process);

    public string Url { get; }

    /// <summary>Only this test uses the server: what it counts is what this test did.</summary>
    public bool IsOwn => process is not null;

    /// <summary>A name no other test uses, also on a server that is shared.</summary>
    public string Database { get; } = $"kpi-{Guid.NewGuid():N}";

    public static async Task<InfluxServer> StartAsync(CancellationToken cancellationToken, bool authenticated = false)
    {
        if (Environment.GetEnvironmentVariable(RunningVariable) is { Length: > 0 } running)
        {
            if (authenticated)
                MissingServer.Require($"{RunningVariable} is set, but this test needs a server that asks for passwords.");
            return new(running.TrimEnd('/'), null, null);
        }
        var program = ServerProcess.Find("INFLUXD", "/usr/bin/influxd", "influxdb");
        var own = new TestFolder();
        var port = LocalPort.Free();
        var config = own.File("influxdb.conf");
        await File.WriteAllTextAsync(config, Config(own, port, authenticated), cancellationToken);
        var url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        var server = new InfluxServer(url, own, new(program, ["-config", config], new Uri($"{url}/ping")));
        await server.StartAgainAsync(cancellationToken);
        return server;
    }

    /// <summary>Starts the server after <see cref="StopAsync"/>, on the same port and data.</summary>
    public Task StartAgainAsync(CancellationToken cancellationToken) => Own().StartAsync(cancellationToken);

    public Task StopAsync() => Own().StopAsync();

    /// <summary>SIGKILL.</summary>
    public Task KillAsync() => Own().KillAsync();

    /// <summary>Starts the server anew without the data it had.</summary>
    public async Task WipeAsync(CancellationToken cancellationToken)
    {
        await StopAsync();
        var own = folder ?? throw new InvalidOperationException("There is no server of our own.");
        foreach (var part in new[] { "meta", "data", "wal" })
            Directory.Delete(own.File(part), recursive: true);
        await StartAgainAsync(cancellationToken);
    }

    public InfluxOptions Options() => new() { Url = Url, Database = Database };

    /// <summary>Runs InfluxQL on <see cref="Database"/> and gives all rows of all series, tags that were grouped by first.</summary>
    public async Task<List<Dictionary<string, JsonElement>>> QueryAsync(
        string influxQl,
        CancellationToken cancellationToken,
        string? credentials = null
    )
    {
        using var form = new FormUrlEncodedContent([new("q", influxQl)]);
        var address = $"{Url}/query?db={Database}&epoch=s{credentials}";
        using var response = await Http.PostAsync(new Uri(address), form, cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        if (!response.IsSuccessStatusCode || body.Contains("\"error\"", StringComparison.Ordinal))
            throw new InvalidOperationException($"InfluxDB answered {response.StatusCode} to '{influxQl}': {body}");
        var rows = new List<Dictionary<string, JsonElement>>();
        foreach (var result in JsonElement.Parse(body).GetProperty("results").EnumerateArray())
        {
            if (!result.TryGetProperty("series", out var all))
                continue;
            foreach (var series in all.EnumerateArray())
                rows.AddRange(Rows(series));
        }
        return rows;
    }

    /// <summary>How many points were sent for writing since the server started, the same ones again too, by its own count; without those that workers write of themselves.</summary>
    public async Task<long> WrittenAsync(CancellationToken cancellationToken)
    {
        // Two numbers that are not read at once: as soon as they say the same twice, nothing was written between them.
        for (long? before = null; ; )
        {
            var sent = await SumAsync("SHOW STATS FOR 'write'", "pointReq", cancellationToken);
            var ofEngine = $"SELECT COUNT({InfluxNames.Waiting}) FROM {InfluxNames.Engine}";
            var now = sent - await SumAsync(ofEngine, "count", cancellationToken);
            if (now == before)
                return now;
            before = now;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await process.DisposeAsync();
        folder?.Dispose();
    }

    private static IEnumerable<Dictionary<string, JsonElement>> Rows(JsonElement series)
    {
        var columns = series.GetProperty("columns").EnumerateArray().Select(column => column.GetString() ?? "").ToList();
        foreach (var values in series.GetProperty("values").EnumerateArray())
        {
            var row = columns
                .Zip(values.EnumerateArray())
                .ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
            if (series.TryGetProperty("name", out var name))
                row[""] = name;
            if (series.TryGetProperty("tags", out var tags))
            {
                foreach (var tag in tags.EnumerateObject())
                    row[tag.Name] = tag.Value;
            }
            yield return row;
        }
    }

    private async Task<long> SumAsync(string influxQl, string column, CancellationToken cancellationToken) =>
        (await QueryAsync(influxQl, cancellationToken)).Sum(row => row[column].GetInt64());

    private ServerProcess Own()
    {
        if (process is null)
            MissingServer.Require($"{RunningVariable} is set, but this test needs a server it may stop.");
        return process ?? throw new InvalidOperationException("There is no server of our own.");
    }

    private static string Config(TestFolder folder, int port, bool authenticated) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            reporting-disabled = true
            bind-address = "127.0.0.1:{LocalPort.Free()}"
            [meta]
              dir = "{folder.File("meta")}"
            [data]
              dir = "{folder.File("data")}"
              wal-dir = "{folder.File("wal")}"
            [monitor]
              store-enabled = false
            [http]
              bind-address = "127.0.0.1:{port}"
              auth-enabled = {(authenticated ? "true" : "false")}
            """
        );
}
