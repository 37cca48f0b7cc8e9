using System.Text.Json;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.ServerTests.Provisioning;

/// <summary>What <c>docker compose</c> itself makes of docker-compose.yml. <c>DOCKER_COMPOSE</c> names the program; no engine is needed.</summary>
public sealed class ComposeConfigTests
{
    private const string Installed = "/usr/libexec/docker/cli-plugins/docker-compose";

    [Fact]
    public async Task Config_ExampleFilledInAsItSays_IsAccepted()
    {
        using var folder = new TestFolder();
        await FillInAsync(folder);

        var config = await ConfigAsync(folder);

        var services = config.GetProperty("services");
        var worker = services.GetProperty("worker");
        var password = (await File.ReadAllLinesAsync(folder.File("env"), TestContext.Current.CancellationToken))
            .Single(line => line.StartsWith("POSTGRES_PASSWORD=", StringComparison.Ordinal))
            .Split('=')[1];
        Assert.Equal(48, password.Length);
        Assert.EndsWith($";Password={password}", Text(worker, "environment", "Ledger__Postgres"), StringComparison.Ordinal);
        Assert.Equal(0, services.GetProperty("worker-more").GetProperty("deploy").GetProperty("replicas").GetInt32());
        foreach (var service in services.EnumerateObject().Where(service => service.Value.TryGetProperty("ports", out _)))
            Assert.All(
                service.Value.GetProperty("ports").EnumerateArray(),
                port => Assert.Equal("127.0.0.1", port.GetProperty("host_ip").GetString())
            );
    }

    [Fact]
    public async Task Grafana_ChannelsInTheExample_GetAlertsOnceTheyHaveAnAddress()
    {
        using var folder = new TestFolder();
        await FillInAsync(folder);
        foreach (var (isSet, severities) in ((bool, string)[])[(false, "none"), (true, "none|critical|warning")])
        {
            if (isSet)
                await UncommentAsync(folder, "GRAFANA_");
            var grafana = (await ConfigAsync(folder)).GetProperty("services").GetProperty("grafana");

            foreach (var channel in (string[])["MAIL", "TELEGRAM", "WEBHOOK"])
                Assert.Equal(severities, Text(grafana, "environment", $"GRAFANA_{channel}_SEVERITIES"));
            Assert.Equal(isSet ? "true" : "", Text(grafana, "environment", "GF_SMTP_ENABLED"));
            foreach (var rule in (string[])["HEARTBEAT", "LATE_ALERTS"])
                Assert.Equal(isSet ? "false" : "true", Text(grafana, "environment", $"GRAFANA_{rule}_PAUSED"));
            // Grafana does not start on a contact point without an address.
            foreach (var name in (string[])["MAIL_TO", "TELEGRAM_TOKEN", "TELEGRAM_CHAT", "WEBHOOK_URL", "HEARTBEAT_URL"])
                Assert.NotEmpty(Text(grafana, "environment", $"GRAFANA_{name}"));
        }
    }

    [Fact]
    public async Task Sets_FolderInTheExample_IsMountedAndReadByEveryWorker()
    {
        const string inside = "/var/lib/kpimetrics/sets";
        using var folder = new TestFolder();
        await FillInAsync(folder);
        foreach (var (isSet, read, mounted) in ((bool, string, string)[])[(false, "", "/seeds"), (true, inside, "/bo-chi-so")])
        {
            if (isSet)
                await UncommentAsync(folder, "SETS=");
            var services = (await ConfigAsync(folder)).GetProperty("services");

            foreach (var name in (string[])["worker", "worker-more"])
            {
                var worker = services.GetProperty(name);
                Assert.Equal(read, Text(worker, "environment", "Catalog__Sets__0"));
                var mount = Assert.Single(
                    worker.GetProperty("volumes").EnumerateArray(),
                    volume => Text(volume, "target") == inside
                );
                Assert.Equal("bind", Text(mount, "type"));
                Assert.EndsWith(mounted, Text(mount, "source"), StringComparison.Ordinal);
                Assert.True(mount.GetProperty("read_only").GetBoolean());
            }
        }
    }

    [Fact]
    public async Task Config_OnePasswordMissing_IsRefusedWithWhatToDo()
    {
        using var folder = new TestFolder();
        await FillInAsync(folder);
        var lines = await File.ReadAllLinesAsync(folder.File("env"), TestContext.Current.CancellationToken);
        var filled = lines.Where(line => line.Length > 0 && line[0] != '#').ToList();
        Assert.NotEmpty(filled);
        foreach (var line in filled)
        {
            var name = line.Split('=')[0];
            await File.WriteAllLinesAsync(
                folder.File("env"),
                filled.Select(other => other == line ? $"{name}=" : other),
                TestContext.Current.CancellationToken
            );

            var (exitCode, _, error) = await RunAsync(folder);

            Assert.NotEqual(0, exitCode);
            Assert.Contains($"{name} is missing a value", error, StringComparison.Ordinal);
            Assert.Contains("copy .env.example to .env and fill in every password", error, StringComparison.Ordinal);
        }
    }

    /// <summary>With the command that .env.example names.</summary>
    private static async Task FillInAsync(TestFolder folder)
    {
        const string marker = "#   while ";
        var example = Path.Combine(Repository.Root, ".env.example");
        var command = (await File.ReadAllLinesAsync(example, TestContext.Current.CancellationToken))
            .Single(line => line.StartsWith(marker, StringComparison.Ordinal))[1..]
            .Replace(" .env;", $" {folder.File("env")};", StringComparison.Ordinal);
        File.Copy(example, folder.File("env"));
        var (exitCode, _, error) = await Tool.RunAsync("/bin/sh", ["-c", command], new Dictionary<string, string>());
        Assert.True(exitCode == 0, error);
    }

    /// <summary>As if somebody took the examples as they are.</summary>
    private static async Task UncommentAsync(TestFolder folder, string prefix)
    {
        var lines = await File.ReadAllLinesAsync(folder.File("env"), TestContext.Current.CancellationToken);
        var taken = lines.Select(line => line.StartsWith('#' + prefix, StringComparison.Ordinal) ? line[1..] : line).ToList();
        Assert.NotEqual(lines, taken);
        await File.WriteAllLinesAsync(folder.File("env"), taken, TestContext.Current.CancellationToken);
    }

    private static async Task<JsonElement> ConfigAsync(TestFolder folder)
    {
        var (exitCode, output, error) = await RunAsync(folder);
        Assert.True(exitCode == 0, error);
        return JsonElement.Parse(output);
    }

    private static Task<(int ExitCode, string Out, string Error)> RunAsync(TestFolder folder) =>
        Tool.RunAsync(
            ServerProcess.Find("DOCKER_COMPOSE", Installed, "docker-compose (version 2)"),
            ["--env-file", folder.File("env"), "config", "--format", "json"],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["HOME"] = folder.Path }
        );

    private static string Text(JsonElement element, params string[] path) =>
        path.Aggregate(element, (at, name) => at.GetProperty(name)).GetString() ?? "";
}
