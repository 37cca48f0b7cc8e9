using System.Net;
using System.Net.Sockets;
using KpiMetrics.Tests.Commands;
using KpiMetrics.Worker.Api;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Tests.Api;

public sealed class ApiOptionsTests
{
    [Theory]
    [InlineData("http://0.0.0.0:5080", "Api:AllowRemote=true")]
    [InlineData("http://*:5080", "Api:AllowRemote=true")]
    [InlineData("http://192.168.1.5:5080", "Api:AllowRemote=true")]
    [InlineData("http://[::]:5080", "Api:AllowRemote=true")]
    [InlineData("https://localhost:5080", "http://localhost:5080")]
    [InlineData("http://example.org:5080", "a name")]
    [InlineData("http://localhost:5080/api", "more than an address")]
    [InlineData("5080", "http://localhost:5080")]
    [InlineData(" ", "is empty")]
    public void Urls_NotOfThisMachineOrNone_AreRefused(string urls, string said)
    {
        var fault = Assert.Throws<CommandException>(() => ApiOptions.Bind(EngineSettings.Configure([$"--Api:Urls={urls}"])));

        Assert.Contains("Api:Urls", fault.Message, StringComparison.Ordinal);
        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:5080")]
    [InlineData("http://127.0.0.1:0;http://[::1]:0")]
    public void Urls_OfThisMachine_AreTaken(string urls) =>
        Assert.Equal(urls, ApiOptions.Bind(EngineSettings.Configure([$"--Api:Urls={urls}"])).Urls);

    [Fact]
    public void Urls_BeyondThisMachineWhereAllowed_AreTaken() =>
        Assert.True(
            ApiOptions.Bind(EngineSettings.Configure(["--Api:Urls=http://*:5080", "--Api:AllowRemote=true"])).AllowRemote
        );

    [Fact]
    public async Task Run_PortIsTaken_SaysSoInOneLineAndEnds()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        using var cli = new Cli();

        var (exit, output, error) = await cli.RunAsync("run", $"--Api:Urls=http://127.0.0.1:{port}");

        Assert.Equal((1, ""), (exit, output));
        Assert.Contains($"127.0.0.1:{port}", error, StringComparison.Ordinal);
        Assert.Contains(
            "Api:Urls",
            Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal
        );
    }
}
