using System.Globalization;
using System.Text.Json;

namespace KpiMetrics.ServerTests.Servers;

/// <summary>Debian's VictoriaMetrics, which takes <c>/api/v2/write</c>, on data of its own. <c>VICTORIA_METRICS</c> names another program.</summary>
internal sealed class VictoriaServer : IAsyncDisposable
{
    private static readonly HttpClient Http = new();

    private readonly TestFolder folder;
    private readonly ServerProcess process;

    private VictoriaServer(string url, TestFolder folder, ServerProcess process) =>
        (Url, this.folder, this.process) = (url, folder, process);

    public string Url { get; }

    public static async Task<VictoriaServer> StartAsync(CancellationToken cancellationToken)
    {
        var program = ServerProcess.Find("VICTORIA_METRICS", "/usr/bin/victoria-metrics", "victoria-metrics");
        var own = new TestFolder();
        var place = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{LocalPort.Free()}");
        string[] arguments =
        [
            $"-httpListenAddr={place}",
            $"-storageDataPath={own.File("data")}",
            "-retentionPeriod=100y",
            "-search.latencyOffset=0s",
        ];
        var child = new ServerProcess(program, arguments, new Uri($"http://{place}/health"));
        var server = new VictoriaServer($"http://{place}", own, child);
        await child.StartAsync(cancellationToken);
        return server;
    }

    /// <summary>All that is stored under a name: labels, times in milliseconds and values.</summary>
    public async Task<List<JsonElement>> ExportAsync(string name, CancellationToken cancellationToken)
    {
        using var flushed = await Http.GetAsync(new Uri($"{Url}/internal/force_flush"), cancellationToken);
        var lines = await Http.GetStringAsync(new Uri($"{Url}/api/v1/export?match[]={name}"), cancellationToken);
        return lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)).ToList();
    }

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        folder.Dispose();
    }
}
