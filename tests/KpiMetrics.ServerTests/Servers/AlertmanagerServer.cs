using System.Globalization;
using System.Text.Json;

namespace KpiMetrics.ServerTests.Servers;

/// <summary>Debian's Alertmanager 0.25 on data of its own, telling nobody. <c>ALERTMANAGER</c> names another program.</summary>
internal sealed class AlertmanagerServer : IAsyncDisposable
{
    private const string Config = """
        route: {receiver: nobody}
        receivers: [{name: nobody}]
        """;

    private static readonly HttpClient Http = new();

    private readonly TestFolder folder;
    private readonly ServerProcess process;

    private AlertmanagerServer(string url, TestFolder folder, ServerProcess process) =>
        (Url, this.folder, this.process) = (url, folder, process);

    public string Url { get; }

    public static Task<AlertmanagerServer> StartAsync(CancellationToken cancellationToken) =>
        StartAsync(Config, cancellationToken);

    /// <param name="text">Of its configuration.</param>
    public static async Task<AlertmanagerServer> StartAsync(string text, CancellationToken cancellationToken)
    {
        var program = ServerProcess.Find("ALERTMANAGER", "/usr/bin/prometheus-alertmanager", "prometheus-alertmanager");
        var own = new TestFolder();
        var config = own.File("alertmanager.yml");
        await File.WriteAllTextAsync(config, text, cancellationToken);
        var address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{LocalPort.Free()}");
        string[] arguments =
        [
            $"--config.file={config}",
            $"--storage.path={own.File("data")}",
            $"--web.listen-address={address}",
            "--cluster.listen-address=",
        ];
        var server = new AlertmanagerServer(
            $"http://{address}",
            own,
            new(program, arguments, new Uri($"http://{address}/-/ready"))
        );
        await server.StartAgainAsync(cancellationToken);
        return server;
    }

    /// <summary>Starts the server after <see cref="StopAsync"/>, on the same port and data.</summary>
    public Task StartAgainAsync(CancellationToken cancellationToken) => process.StartAsync(cancellationToken);

    public Task StopAsync() => process.StopAsync();

    /// <summary>Everything that holds by what it was told.</summary>
    public async Task<IReadOnlyList<JsonElement>> AlertsAsync(CancellationToken cancellationToken) =>
        [.. JsonElement.Parse(await Http.GetStringAsync(new Uri($"{Url}/api/v2/alerts"), cancellationToken)).EnumerateArray()];

    /// <summary>The label of everything that holds, in order; what has none is left out.</summary>
    public async Task<IReadOnlyList<string>> LabelsAsync(string label, CancellationToken cancellationToken) =>
        [
            .. (await AlertsAsync(cancellationToken))
                .Select(alert => alert.GetProperty("labels").TryGetProperty(label, out var value) ? value.GetString() : null)
                .OfType<string>()
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>What it tells in one message each, in order: the receiver, and how many alerts are in it.</summary>
    public async Task<IReadOnlyList<string>> GroupsAsync(CancellationToken cancellationToken)
    {
        var groups = JsonElement.Parse(await Http.GetStringAsync(new Uri($"{Url}/api/v2/alerts/groups"), cancellationToken));
        var told =
            from one in groups.EnumerateArray()
            let receiver = one.GetProperty("receiver").GetProperty("name").GetString()
            let alerts = one.GetProperty("alerts").GetArrayLength()
            select string.Create(CultureInfo.InvariantCulture, $"{receiver} {alerts}");
        return [.. told.Order(StringComparer.Ordinal)];
    }

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        folder.Dispose();
    }
}
