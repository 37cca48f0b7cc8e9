using System.Diagnostics;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Provisioning;

/// <summary>
/// provisioning/influxdb/setup.sh before an <c>influx</c> that keeps in files what it is told to make: no InfluxDB 2 can be had here. Holds that what is there
/// stays, and that nobody gets more than the one bucket.
/// </summary>
public sealed class InfluxSetupTests : IDisposable
{
    // Answers as influx 2.7 prints: columns divided by tabs, and a list of made-up mappings below a line of its own.
    private const string Influx = """
        #!/bin/sh
        printf '%s\n' "$*" >>calls
        case "$*" in
        "bucket list --hide-headers") [ "$INFLUX_TOKEN" = admin ] || [ "$INFLUX_TOKEN" = "$(cat token)" ] && cat buckets ;;
        "bucket list"*) [ -s buckets ] && cat buckets || exit 1 ;;
        "bucket create"*) printf 'b1\tkpi\n' >buckets ;;
        "v1 dbrp list"*) cat dbrp; printf '\nVIRTUAL DBRP MAPPINGS (READ-ONLY)\n--\nx\tkpi\tb1\tautogen\n' ;;
        "v1 dbrp create"*) printf 'd1\tkpi\tb1\tautogen\n' >dbrp ;;
        "v1 auth list"*) grep . logins || { echo 'Error: not found' >&2; exit 1; } ;;
        "v1 auth create"*) printf 'l1\tGrafana, boards\tgrafana\n' >logins ;;
        "auth list"*) cat tokens ;;
        "auth delete"*) : >tokens ;;
        "auth create"*)
            printf 'a1\tkpimetrics worker\n' >tokens
            printf 'made-%s' "$(grep -c '^auth create' calls)" >token
            printf '{\n\t"id": "a1",\n\t"token": "%s",\n\t"status": "active"\n}\n' "$(cat token)" ;;
        esac
        """;

    private readonly TempFolder folder = new();

    public InfluxSetupTests()
    {
        folder.Write("bin/influx", Influx);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder.File("bin/influx"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        foreach (var name in (string[])["buckets", "dbrp", "logins", "tokens", "token", "calls"])
            folder.Write(name, "");
        Directory.CreateDirectory(folder.File("secrets"));
    }

    private string Secret => File.ReadAllText(folder.File("secrets/Influx__Token"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Setup_EmptyServer_MakesEverythingWithTheLeastRights()
    {
        var calls = await RunAsync();

        Assert.Contains("bucket create --name kpi --retention 0 --shard-group-duration 520w", calls);
        Assert.Contains("v1 dbrp create --db kpi --rp autogen --bucket-id b1 --default", calls);
        Assert.Contains(
            "v1 auth create --username grafana --password chosen --read-bucket b1 --description Grafana, boards",
            calls
        );
        Assert.Contains("auth create --read-bucket b1 --write-bucket b1 --description kpimetrics worker --json", calls);
        Assert.Equal("made-1\n", Secret);
    }

    [Fact]
    public async Task Setup_Again_MakesNothingNewAndKeepsTheToken()
    {
        await RunAsync();

        var calls = await RunAsync();

        Assert.DoesNotContain(calls, call => call.Contains(" create ", StringComparison.Ordinal));
        Assert.Contains("bucket update --id b1 --shard-group-duration 520w", calls);
        Assert.Contains("v1 auth set-password --username grafana --password chosen", calls);
        Assert.Equal("made-1\n", Secret);
    }

    [Fact]
    public async Task Setup_TokenThatNoLongerOpensTheBucket_IsReplacedAndTheOldOneRevoked()
    {
        await RunAsync();
        folder.Write("secrets/Influx__Token", "of another server\n");

        var calls = await RunAsync();

        Assert.Contains("auth delete --id a1", calls);
        Assert.Equal("made-1\n", Secret); // counted within the run
        Assert.Equal("a1\tkpimetrics worker\n", File.ReadAllText(folder.File("tokens")));
    }

    /// <summary>Runs the script, which must succeed, and returns what it called.</summary>
    private async Task<string[]> RunAsync()
    {
        folder.Write("calls", "");
        var start = new ProcessStartInfo("/bin/sh", [Path.Combine(Repository.Root, "provisioning/influxdb/setup.sh")])
        {
            WorkingDirectory = folder.Path,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["PATH"] = $"{folder.File("bin")}:{Environment.GetEnvironmentVariable("PATH")}",
                ["INFLUX_TOKEN"] = "admin",
                ["GRAFANA_PASSWORD"] = "chosen",
                ["SECRETS"] = folder.File("secrets"),
            },
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("/bin/sh did not start.");
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await output + said);
        return await File.ReadAllLinesAsync(folder.File("calls"), TestContext.Current.CancellationToken);
    }
}
