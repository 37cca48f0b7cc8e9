using KpiMetrics.ServerTests.Servers;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.ServerTests.Provisioning;

/// <summary>provisioning/alertmanager as Alertmanager's own tool reads it. <c>AMTOOL</c> names the program.</summary>
public sealed class AlertmanagerConfigTests
{
    private static readonly string Config = Path.Combine(Repository.Root, "provisioning/alertmanager/alertmanager.yml");

    [Fact]
    public async Task Config_AsItStands_IsValid() => await AmtoolAsync("check-config", Config);

    [Theory]
    [InlineData("on-duty", "severity=critical")]
    [InlineData("offices", "severity=warning", "agency=Sở Tài chính")]
    [InlineData("nobody", "severity=info")]
    [InlineData("offices")]
    public async Task Route_ByItsSeverity_GoesWhereItIsMeantTo(string receiver, params string[] labels) =>
        Assert.Equal(receiver, (await AmtoolAsync(["config", "routes", "test", $"--config.file={Config}", .. labels])).Trim());

    private static async Task<string> AmtoolAsync(params string[] arguments)
    {
        using var home = new TestFolder();
        var (exitCode, output, error) = await Tool.RunAsync(
            ServerProcess.Find("AMTOOL", "/usr/bin/amtool", "prometheus-alertmanager"),
            arguments,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["HOME"] = home.Path }
        );
        Assert.True(exitCode == 0, output + error);
        return output;
    }
}
