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
