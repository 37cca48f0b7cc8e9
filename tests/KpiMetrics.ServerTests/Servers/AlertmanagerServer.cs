using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.ServerTests.Servers;

/// <summary>Debian's Alertmanager 0.25 on data of its own. <c>ALERTMANAGER</c> names another program.</summary>
internal sealed partial class AlertmanagerServer : IAsyncDisposable
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

    /// <summary>One that tells nobody.</summary>
    public static Task<AlertmanagerServer> StartAsync(CancellationToken cancellationToken) =>
        StartAsync(Config, cancellationToken);

    /// <param name="text">Of its configuration.</param>
    public static async Task<AlertmanagerServer> StartAsync(string text, CancellationToken cancellationToken)
    {
        var program = Program();
        var own = new TestFolder();
        var config = own.File("alertmanager.yml");
        await File.WriteAllTextAsync(config, text, cancellationToken);
        return await StartAsync(own, program, [$"--config.file={config}"], cancellationToken);
    }

    /// <summary>One as provisioning/alertmanager has it: started by start.sh with the configuration that this writes, but for its waits, which are seconds.</summary>
    /// <param name="environment">What start.sh takes its receivers from.</param>
    public static async Task<AlertmanagerServer> StartShippedAsync(
        IReadOnlyDictionary<string, string> environment,
        CancellationToken cancellationToken
    )
    {
        var program = Program();
        var own = new TestFolder();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "provisioning/alertmanager")))
            File.Copy(file, own.File(Path.GetFileName(file)));
        var routes = own.File("alertmanager.yml");
        var text = await File.ReadAllTextAsync(routes, cancellationToken);
        text = GroupWait().Replace(text, "group_wait: 3s");
        await File.WriteAllTextAsync(routes, GroupInterval().Replace(text, "group_interval: 2s"), cancellationToken);
        string[] start =
        [
            .. environment.Select(pair => $"{pair.Key}={pair.Value}"),
            $"ALERT_PROGRAM={program}",
            $"ALERT_CONFIG={own.File("written.yml")}",
            "/bin/sh",
            own.File("start.sh"),
        ];
        return await StartAsync(own, "/usr/bin/env", start, cancellationToken);
    }

    private static string Program() =>
        ServerProcess.Find("ALERTMANAGER", "/usr/bin/prometheus-alertmanager", "prometheus-alertmanager");

    private static async Task<AlertmanagerServer> StartAsync(
        TestFolder own,
        string program,
        IReadOnlyList<string> first,
        CancellationToken cancellationToken
    )
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{LocalPort.Free()}");
        string[] arguments =
        [
            .. first,
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

    [GeneratedRegex("group_wait: [0-9]+[sm]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex GroupWait();

    [GeneratedRegex("group_interval: [0-9]+[sm]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex GroupInterval();
}
