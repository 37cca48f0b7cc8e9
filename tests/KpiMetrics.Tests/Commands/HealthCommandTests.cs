using KpiMetrics.Tests.Api;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Commands;

public sealed class HealthCommandTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task Health_WorkerThatAsksOthersForTokens_IsReadyWithoutOne()
    {
        await using var worker = await ApiWorker.StartAsync("--Api:AllowRemote=true");
        await worker.ReadyAsync();

        var (exit, output, error) = await cli.RunAsync("health", $"--Api:Urls={worker.Client.BaseAddress}");

        Assert.Equal((0, "ready", ""), (exit, output.Trim(), error));
    }

    [Fact]
    public async Task Health_AddressOfAllNetworks_AsksThisMachine()
    {
        await using var worker = await ApiWorker.StartAsync();
        await worker.ReadyAsync();
        var port = worker.Client.BaseAddress!.Port; // set when it started

        var (exit, output, _) = await cli.RunAsync("health", $"--Api:Urls=http://0.0.0.0:{port}", "--Api:AllowRemote=true");

        Assert.Equal((0, "ready"), (exit, output.Trim()));
    }

    [Fact]
    public async Task Health_WorkerThatCannotWork_FailsWithWhatItSays()
    {
        const string problem = """{"status":503,"code":"not-ready","detail":"Not ready: ledger."}""";
        await using var server = new LoopbackServer((_, _) => LoopbackServer.Json(problem, 503));

        var (exit, output, error) = await cli.RunAsync("health", $"--Api:Urls={server.Address}");

        Assert.Equal((1, "", "Not ready: ledger."), (exit, output, error.Trim()));
        Assert.StartsWith("GET /health/ready ", Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_SomethingElseAnswers_FailsWithItsStatus()
    {
        await using var server = new LoopbackServer((_, _) => LoopbackServer.Answer("<html>", 404));

        var (exit, _, error) = await cli.RunAsync("health", $"--Api:Urls={server.Address}");

        Assert.Equal((1, $"{server.Address}/health/ready answers 404."), (exit, error.Trim()));
    }

    [Fact]
    public async Task Health_NobodyListens_FailsAndMakesNoDataFolder()
    {
        string address;
        await using (var server = new LoopbackServer((_, _) => ""))
            address = server.Address;

        var (exit, _, error) = await cli.RunAsync("health", $"--Api:Urls={address}");

        Assert.Equal(1, exit);
        Assert.StartsWith($"No worker answers at {address}/health/ready: ", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(cli.Data));
    }

    [Fact]
    public async Task Health_ApiIsTurnedOff_SaysThatNobodyCanBeAsked()
    {
        var (exit, _, error) = await cli.RunAsync("health", "--Api:Enabled=false");

        Assert.Equal((1, "Nobody can be asked: the API is turned off (Api:Enabled=false)."), (exit, error.Trim()));
    }
}
