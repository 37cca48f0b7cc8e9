using System.Globalization;
using System.Text;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.Tests.Provisioning;
using static KpiMetrics.Tests.Provisioning.ComposeFile;

namespace KpiMetrics.ServerTests.Provisioning;

/// <summary>
/// Who is told what: the notification policies of provisioning/grafana as a tree of Alertmanager, which Grafana has inside, walked by Alertmanager's own tool
/// (<c>AMTOOL</c>). The channels are set as docker-compose.yml sets them.
/// </summary>
public sealed class GrafanaPolicyTests
{
    private const string Off = "none";
    private const string On = "none|critical|warning";

    [Theory]
    [InlineData("critical", "", "Thư điện tử")] // no channel at all: the root, which fails in public
    [InlineData("warning", "", "Thư điện tử")]
    [InlineData("critical", "TELEGRAM", "Telegram")]
    [InlineData("warning", "TELEGRAM", "Telegram")]
    [InlineData("critical", "MAIL TELEGRAM WEBHOOK", "Thư điện tử,Telegram,Webhook")]
    [InlineData("warning", "MAIL WEBHOOK", "Thư điện tử,Webhook")]
    [InlineData("heartbeat", "MAIL TELEGRAM WEBHOOK", "Nhịp tim")]
    [InlineData("info", "MAIL TELEGRAM WEBHOOK", "Thư điện tử")] // a rule of one's own: never silent
    public async Task Alert_OfASeverity_GoesToTheChannelsThatHaveAnAddress(string severity, string channels, string receivers)
    {
        using var folder = new TestFolder();
        var config = folder.File("alertmanager.yml");
        await File.WriteAllTextAsync(config, Config(channels.Split(' ')), TestContext.Current.CancellationToken);

        var (exitCode, output, error) = await Tool.RunAsync(
            ServerProcess.Find("AMTOOL", "/usr/bin/amtool", "prometheus-alertmanager"),
            ["config", "routes", "test", $"--config.file={config}", $"severity={severity}", "alertname=x"],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["HOME"] = folder.Path }
        );

        Assert.True(exitCode == 0, output + error);
        Assert.Equal(receivers, output.Trim());
    }

    private static string Config(string[] channels)
    {
        var text = new StringBuilder("receivers:\n");
        foreach (var point in GrafanaFiles.ContactPoints)
            text.Append(CultureInfo.InvariantCulture, $"  - name: '{point["name"]}'\n");
        text.Append("route:\n");
        Write(text, GrafanaFiles.Policy, channels, "  ");
        return text.ToString();
    }

    private static void Write(StringBuilder text, Dictionary<string, object> route, string[] channels, string indent)
    {
        foreach (
            var (key, value) in route.Where(pair => pair.Key is not ("orgId" or "object_matchers" or "routes" or "group_by"))
        )
            text.Append(CultureInfo.InvariantCulture, $"{indent}{key}: {value}\n");
        if (route.TryGetValue("group_by", out var labels))
            text.Append(CultureInfo.InvariantCulture, $"{indent}group_by: [{string.Join(", ", Texts(labels))}]\n");
        if (route.TryGetValue("object_matchers", out var matchers))
        {
            var written = ((List<object>)matchers)
                .Select(Texts)
                .Select(one => $"'{one[0]}{one[1]}\"{WrittenOut(one[2], channels)}\"'");
            text.Append(CultureInfo.InvariantCulture, $"{indent}matchers: [{string.Join(", ", written)}]\n");
        }
        if (!route.TryGetValue("routes", out var below))
            return;
        text.Append(CultureInfo.InvariantCulture, $"{indent}routes:\n");
        foreach (var child in GrafanaFiles.Items(below))
        {
            text.Append(CultureInfo.InvariantCulture, $"{indent}  -\n");
            Write(text, child, channels, indent + "    ");
        }
    }

    /// <summary>A channel with an address gets what compose gives it then; <see cref="ComposeConfigTests"/> holds that it does.</summary>
    private static string WrittenOut(string text, string[] channels) =>
        !text.StartsWith('$') ? text
        : channels.Any(channel => text == $"$GRAFANA_{channel}_SEVERITIES") ? On
        : Off;
}
