using System.Text.Json;
using KpiMetrics.Core.Alerting;
using KpiMetrics.Pipeline.Alerting;
using KpiMetrics.Pipeline.Alerting.Alertmanager;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.ServerTests.Support;
using KpiMetrics.Tests.Alerting;
using KpiMetrics.Tests.Obligations;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.ServerTests.Alerting;

/// <summary>What people get: a real Alertmanager, as start.sh configures it, between the worker's delivery and those who are told.</summary>
public sealed class AlertMessagesTest
{
    private const string Board = "https://bang.example.gov.vn";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Webhook_WhatAnOfficeIsLateWith_IsOneMessageWithoutTheMilderAndTheWorseIsToldOnDutyToo()
    {
        await using var ear = new WebhookServer();
        await using var server = await AlertmanagerServer.StartShippedAsync(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["ALERT_WEBHOOK_URL"] = ear.Url,
                ["ALERT_WEBHOOK_TOKEN"] = "t0ken",
            },
            Token
        );
        await using var delivery = Delivery(server.Url);
        var (milder, worse) = (Seen("2026-11-20T05"), Seen("2026-11-20T05", kind: AlertKind.Missing));
        List<Alert> others = [Seen("2026-11-20T03"), Seen("2026-11-20T04"), Seen("2026-11-20T02", "Sở Hai"), Seen("2026-10")];

        await delivery.SendAsync([.. others, milder, worse], [], [], Now);
        await ComeAsync("a message to each office and one to who is on duty", () => ear.Messages.Count, 3);
        await delivery.SendAsync(others, [AlertWorld.Do(worse, AlertStep.Resolved, Now)], [], Now);
        await ComeAsync("that it is over", () => ear.Messages.Count, 4);

        // What the morning's digest tells (2026-10) is told to nobody now.
        Assert.Equal(
            [
                "offices firing Sở Hai: overdue 2026-11-20T02",
                "offices firing Sở Một: missing 2026-11-20T05, overdue 2026-11-20T03, overdue 2026-11-20T04",
                "on-duty firing Sở Một: missing 2026-11-20T05",
                "on-duty resolved Sở Một: missing 2026-11-20T05",
            ],
            ear.Messages.Select(Told).Order(StringComparer.Ordinal)
        );
        Assert.All(ear.Heads, head => Assert.Contains("Authorization: Bearer t0ken\r\n", head, StringComparison.Ordinal));
        var message = ear.Messages.Single(one => Told(one).StartsWith("on-duty firing", StringComparison.Ordinal));
        var texts = message.GetProperty("alerts")[0].GetProperty("annotations");
        Assert.Equal(worse.Concern.Title, Text(texts, "summary"));
        Assert.Equal(Described(worse), Text(texts, "description"));
        Assert.Equal($"{Board}/d/kpi-tien-do?var-bo=lc", Text(texts, "url"));
    }

    [Fact]
    public async Task Mail_OfWhatIsLateAndOfTheMorning_IsReadInVietnameseWithFiguresAndALink()
    {
        await using var post = new MailServer();
        await using var server = await AlertmanagerServer.StartShippedAsync(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["ALERT_SMTP_HOST"] = post.Place,
                ["ALERT_SMTP_TLS"] = "false",
                ["ALERT_MAIL_TO"] = "co-quan@example.gov.vn",
                ["ALERT_MAIL_ON_DUTY"] = "truc@example.gov.vn",
            },
            Token
        );
        await using var delivery = Delivery(server.Url);
        var (worse, other, at) = (Seen("2026-11-20T05", kind: AlertKind.Missing), Seen("2026-11-20T04"), Now);
        var digest = new Digest(
            AlertAudience.Office,
            "15@2025-07-01",
            AlertWorld.Office,
            at,
            [Seen("2026-10")],
            [new("lc", AlertWorld.Office, "Lúa, Xã Hai, kỳ 2026-11", at.AddDays(1))]
        );

        await delivery.SendAsync([worse, other], [], [digest], at);
        await ComeAsync("three mails", () => post.Mails.Count, 3);
        await delivery.SendAsync([other], [AlertWorld.Do(worse, AlertStep.Resolved, Now)], [digest], Now);
        await ComeAsync("that it is over", () => post.Mails.Count, 4);

        var mails = post.Mails.OrderBy(mail => mail.To, StringComparer.Ordinal).ThenBy(mail => mail.Subject.Length).ToList();
        var morning = Assert.Single(mails, mail => mail.Subject.EndsWith(": 1 quá hạn, 1 sắp đến hạn", StringComparison.Ordinal));
        Assert.StartsWith("Sở Một, sáng ", morning.Subject, StringComparison.Ordinal);
        Assert.Contains(
            $"- Sắp đến hạn: Lúa, Xã Hai, kỳ 2026-11, hạn {LocalText.Of(at.AddDays(1), TestCatalog.Zone)}",
            morning.Text.Split('\n')
        );
        var late = Assert.Single(mails, mail => mail.Subject == "2 cảnh báo: Sở Một, Xã Một");
        Assert.Equal("co-quan@example.gov.vn", late.To);
        Assert.Contains(worse.Concern.Title, late.Text.Split('\n'));
        Assert.Contains(other.Concern.Title, late.Text.Split('\n'));
        var whole = $"{worse.Concern.Title}\n{Described(worse)}\n{Board}/d/kpi-tien-do?var-bo=lc";
        Assert.Equal(
            [
                new Mail("truc@example.gov.vn", worse.Concern.Title, whole),
                new Mail("truc@example.gov.vn", $"[Đã xong] {worse.Concern.Title}", $"[Đã xong] {whole}"),
            ],
            mails.Where(mail => mail.To == "truc@example.gov.vn")
        );
    }

    private static AlertDelivery Delivery(string alertmanager) =>
        new(
            new() { Alertmanagers = [alertmanager], BoardUrl = Board },
            DutyWorld.CatalogOf(DutyWorld.Monthly),
            TestCatalog.Zone,
            TimeProvider.System,
            (_, fault) => Assert.Fail(fault),
            _ => { }
        );

    /// <summary>Seen just now, though it was due a while ago: to Alertmanager it is new.</summary>
    private static Alert Seen(string period, string agency = AlertWorld.Office, AlertKind kind = AlertKind.Overdue)
    {
        var at = Now;
        var late = AlertWorld.Late(period, "2026-11-20 06:15", agency, kind);
        return AlertWorld.Open(late with { Since = at.AddMinutes(-40) }, at);
    }

    private static string Described(Alert alert) => $"Từ {LocalText.Of(alert.Concern.Since, TestCatalog.Zone)}. Chỉ số LC-A01.";

    private static Task<bool> ComeAsync(string what, Func<int> count, int least) =>
        Eventually.HappensAsync(what, () => count() >= least, Patience, Token);

    /// <summary>Receiver, state and office, and of each alert its kind and period.</summary>
    private static string Told(JsonElement message)
    {
        var alerts = message
            .GetProperty("alerts")
            .EnumerateArray()
            .Select(alert => alert.GetProperty("labels"))
            .Select(labels => $"{Text(labels, "kind")} {Text(labels, "alert").Split('/')[3]}")
            .Order(StringComparer.Ordinal);
        var agency = Text(message.GetProperty("commonLabels"), "agency");
        return $"{Text(message, "receiver")} {Text(message, "status")} {agency}: {string.Join(", ", alerts)}";
    }

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString() ?? "";
}
