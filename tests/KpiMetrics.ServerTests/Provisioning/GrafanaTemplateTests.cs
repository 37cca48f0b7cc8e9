using System.Text.Json;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.Tests.Provisioning;
using static KpiMetrics.Tests.Provisioning.ComposeFile;

namespace KpiMetrics.ServerTests.Provisioning;

/// <summary>How Grafana's messages read, written out by Alertmanager's own tool (<c>AMTOOL</c>): of Grafana's additions the templates use none.</summary>
public sealed class GrafanaTemplateTests
{
    private const string Link = "http://localhost:3000/";

    [Fact]
    public async Task Message_OfWhatFiresAndWhatIsOver_SaysBothByTheClockOfVietnam() =>
        Assert.Equal(
            """
            [CẢNH BÁO] Cơ quan chậm báo cáo (2)

            Đang xảy ra:
            - Sở Một: 3 báo cáo quá hạn (từ 10:00 29/11/2026)
              Lâu nhất đã 4 ngày.
            - Sở Hai: 3 báo cáo quá hạn (từ 10:00 29/11/2026)
              Lâu nhất đã 4 ngày.

            Đã hết:
            - Sở Ba: 3 báo cáo quá hạn (đến 11:30 29/11/2026)

            http://localhost:3000/
            """,
            await WrittenOutAsync(("Sở Một", true), ("Sở Hai", true), ("Sở Ba", false))
        );

    [Fact]
    public async Task Message_OfWhatIsOver_SaysSoAtOnce() =>
        Assert.Equal(
            """
            [ĐÃ HẾT] Cơ quan chậm báo cáo

            Đã hết:
            - Sở Ba: 3 báo cáo quá hạn (đến 11:30 29/11/2026)

            http://localhost:3000/
            """,
            await WrittenOutAsync(("Sở Ba", false))
        );

    /// <summary>As Telegram gets it: title and message.</summary>
    private static async Task<string> WrittenOutAsync(params (string Agency, bool Fires)[] alerts)
    {
        var text = GrafanaFiles
            .ContactPoints.SelectMany(point => GrafanaFiles.Items(point["receivers"]))
            .Where(receiver => receiver["type"] is "telegram")
            .Select(receiver => (string)Map(receiver["settings"])["message"])
            .Single();
        using var folder = new TestFolder();
        var template = GrafanaFiles.Items(Read($"{GrafanaFiles.Folder}/alerting/templates.yaml")["templates"]).Single();
        await File.WriteAllTextAsync(
            folder.File("kpi.tmpl"),
            (string)template["template"],
            TestContext.Current.CancellationToken
        );
        await File.WriteAllTextAsync(folder.File("data.json"), Data(alerts), TestContext.Current.CancellationToken);

        var (exitCode, output, error) = await Tool.RunAsync(
            ServerProcess.Find("AMTOOL", "/usr/bin/amtool", "prometheus-alertmanager"),
            [
                "template",
                "render",
                $"--template.glob={folder.File("kpi.tmpl")}",
                $"--template.data={folder.File("data.json")}",
                $"--template.text={text}",
            ],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["HOME"] = folder.Path, ["TZ"] = "Asia/Ho_Chi_Minh" }
        );

        Assert.True(exitCode == 0, output + error);
        return output.Trim('\n');
    }

    private static string Data((string Agency, bool Fires)[] alerts)
    {
        var labels = new { alertname = "Cơ quan chậm báo cáo" };
        return JsonSerializer.Serialize(
            new
            {
                receiver = "Telegram",
                status = alerts.Any(alert => alert.Fires) ? "firing" : "resolved",
                alerts = alerts.Select(alert => new
                {
                    status = alert.Fires ? "firing" : "resolved",
                    labels,
                    annotations = new { summary = $"{alert.Agency}: 3 báo cáo quá hạn", description = "Lâu nhất đã 4 ngày." },
                    startsAt = "2026-11-29T03:00:00Z",
                    endsAt = "2026-11-29T04:30:00Z",
                }),
                groupLabels = labels,
                commonLabels = labels,
                commonAnnotations = new { },
                externalURL = Link,
            }
        );
    }
}
