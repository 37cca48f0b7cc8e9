using System.Diagnostics;
using System.Globalization;
using KpiMetrics.Pipeline.Publishing;
using KpiMetrics.ServerTests.Servers;

namespace KpiMetrics.Benchmarks.Publish;

/// <summary>Debian's InfluxDB 1.6.7 (<c>INFLUXD</c> names the program) on data of its own.</summary>
internal sealed class OwnInflux : IAsyncDisposable
{
    public const string Database = "kpi";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TestFolder folder = new();
    private readonly HttpClient http = new();
    private readonly Process process;

    private OwnInflux(string program)
    {
        var port = LocalPort.Free();
        Url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        var config = folder.File("influxdb.conf");
        File.WriteAllText(
            config,
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
                  query-log-enabled = false
                [monitor]
                  store-enabled = false
                [http]
                  bind-address = "127.0.0.1:{port}"
                  log-enabled = false
                """
            )
        );
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"exec '{program}' -config '{config}' >/dev/null 2>&1"]);
        process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    }

    public string Url { get; }

    public InfluxOptions Options => new() { Url = Url, Database = Database };

    public static async Task<OwnInflux> StartAsync()
    {
        var influx = new OwnInflux(Environment.GetEnvironmentVariable("INFLUXD") ?? "/usr/bin/influxd");
        var start = Stopwatch.GetTimestamp();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await influx.AnswersAsync())
        {
            if (Stopwatch.GetElapsedTime(start) > Patience || influx.process.HasExited)
                throw new InvalidOperationException("influxd did not start; name the program in INFLUXD.");
            await tick.WaitForNextTickAsync();
        }
        return influx;
    }

    /// <summary>Empties the database; whoever writes makes it again.</summary>
    public Task EmptyAsync() => QueryAsync($"DROP DATABASE {Database}");

    public async Task<string> QueryAsync(string influxQl)
    {
        using var form = new FormUrlEncodedContent([new("q", influxQl), new("db", Database)]);
        using var response = await http.PostAsync(new Uri($"{Url}/query"), form);
        return await response.Content.ReadAsStringAsync();
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        http.Dispose();
        folder.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var response = await http.GetAsync(new Uri($"{Url}/ping"));
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
