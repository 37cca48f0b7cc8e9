using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using KpiMetrics.Core.Alerting;
using KpiMetrics.Pipeline.Alerting.Alertmanager;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.ServerTests.Support;
using KpiMetrics.Tests.Alerting;
using KpiMetrics.Tests.Obligations;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.ServerTests.Alerting;

/// <summary>Real Alertmanagers are told what holds and what ended, whatever becomes of them in between.</summary>
public sealed class AlertDeliveryTest
{
    private static readonly DateTimeOffset Since = DutyWorld.At("2026-11-20 12:00");

    private readonly ConcurrentQueue<string> said = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Send_AnAlert_HasStableLabelsVietnameseTextAndALink()
    {
        await using var server = await AlertmanagerServer.StartAsync(Token);
        await using var delivery = Delivery(server.Url);
        var late = AlertWorld.Open(AlertWorld.Late("2026-11-20T05", "2026-11-20 06:15"), DutyWorld.At("2026-11-20 06:15:01"));
        var at = Now;

        await delivery.SendAsync([late], [], [], at);

        var told = Assert.Single(await server.AlertsAsync(Token));
        Assert.Equal(
            new Dictionary<string, string?>
            {
                ["alertname"] = "Late",
                ["kind"] = "overdue",
                ["severity"] = "warning",
                ["set"] = "lc",
                ["indicator"] = "LC-A01",
                ["area"] = "02001@2025-07-01",
                ["area_name"] = "Xã Một",
                ["agency"] = "Sở Một",
                ["alert"] = "lc/LC-A01/H/2026-11-20T05/02001@2025-07-01",
                ["to"] = "office",
                ["notify"] = "now",
            },
            Texts(told.GetProperty("labels"))
        );
        var annotations = Texts(told.GetProperty("annotations"));
        Assert.Equal("quá hạn: Chỉ số LC-A01, Xã Một, kỳ 2026-11-20T05 (Sở Một)", annotations["summary"]);
        Assert.Equal("Từ 06:15 20/11/2026. Chỉ số LC-A01.", annotations["description"]);
        Assert.Equal("https://bang.example.gov.vn/d/kpi-tien-do?var-bo=lc", annotations["url"]);
        Assert.Equal(at.AddSeconds(900), told.GetProperty("endsAt").GetDateTimeOffset(), TimeSpan.FromMilliseconds(2));

        // Taken on: the same alert with other words, not another.
        await delivery.SendAsync([AlertWorld.Do(late, AlertStep.Acknowledged, Since)], [], [], at.AddSeconds(1));
        told = Assert.Single(await server.AlertsAsync(Token));
        Assert.EndsWith("an đã tiếp nhận.", Texts(told.GetProperty("annotations"))["description"], StringComparison.Ordinal);

        // Missing now: another to Alertmanager, and the one before has ended.
        var missing = AlertWorld.Open(
            AlertWorld.Late("2026-11-20T05", "2026-11-20 06:15", kind: AlertKind.Missing),
            DutyWorld.At("2026-11-20 06:45:01")
        );
        await delivery.SendAsync([missing], [], [], Now);
        Assert.Equal(["critical"], await server.LabelsAsync("severity", Token));
    }

    [Fact]
    public async Task Send_OneIsStoppedAndRestarted_HasEverythingThatHoldsAndNothingThatEnded()
    {
        await using var steady = await AlertmanagerServer.StartAsync(Token);
        await using var restarted = await AlertmanagerServer.StartAsync(Token);
        await using var delivery = Delivery(steady.Url, restarted.Url);
        var alerts = Enumerable.Range(1, 1200).Select(Numbered).ToList(); // more than one request
        await delivery.SendAsync(alerts, [], [], Now);
        Assert.Equal(1200, (await restarted.AlertsAsync(Token)).Count);

        await restarted.StopAsync();
        var clock = Stopwatch.StartNew();
        var resolved = alerts.Take(400).Select(alert => AlertWorld.Do(alert, AlertStep.Resolved, Now)).ToList();
        List<Alert> live = [.. alerts.Skip(400), Numbered(5000)];
        await delivery.SendAsync(live, resolved, [], Now);
        await delivery.SendAsync(live, resolved, [], Now);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"took {clock.Elapsed}");
        Assert.Equal(Keys(live), await steady.LabelsAsync("alert", Token));
        Assert.Equal($"away {restarted.Url}", Assert.Single(said));

        await restarted.StartAgainAsync(Token);
        Assert.Empty(await restarted.AlertsAsync(Token));
        await delivery.SendAsync(live, resolved, [], Now);

        Assert.Equal(Keys(live), await restarted.LabelsAsync("alert", Token));
        Assert.Equal(Keys(live), await steady.LabelsAsync("alert", Token));
        Assert.Equal([$"away {restarted.Url}", $"back {restarted.Url}"], said);
    }

    [Fact]
    public async Task Send_OneThatRestartsUnseen_HasEverythingAfterTheNextResend()
    {
        await using var server = await AlertmanagerServer.StartAsync(Token);
        await using var delivery = Delivery(server.Url);
        var at = Now;
        await delivery.SendAsync([Numbered(1)], [], [], at);
        await server.StopAsync();
        await server.StartAgainAsync(Token);

        await delivery.SendAsync([Numbered(1)], [], [], at.AddSeconds(59));
        Assert.Empty(await server.AlertsAsync(Token));
        await delivery.SendAsync([Numbered(1)], [], [], at.AddSeconds(60));

        Assert.Single(await server.AlertsAsync(Token));
    }

    [Fact]
    public async Task Send_ByAnotherProcessThanBefore_EndsWhatWasResolvedInBetween()
    {
        await using var server = await AlertmanagerServer.StartAsync(Token);
        await using (var first = Delivery(server.Url))
            await first.SendAsync([Numbered(1), Numbered(2)], [], [], Now);

        await using var second = Delivery(server.Url);
        await second.SendAsync([Numbered(2)], [AlertWorld.Do(Numbered(1), AlertStep.Resolved, Now)], [], Now);

        Assert.Equal(Keys([Numbered(2)]), await server.LabelsAsync("alert", Token));
    }

    // To Alertmanager an end that lies ahead is none, as long as it was told before that the alert holds for longer.
    [Fact]
    public async Task Send_ByAClockThatIsAhead_EndsWhatEndedAllTheSame()
    {
        var ahead = TimeSpan.FromSeconds(1);
        await using var server = await AlertmanagerServer.StartAsync(Token);
        await using var delivery = Delivery(new AlertmanagerOptions { Alertmanagers = [server.Url], ResendSeconds = 1 });
        await delivery.SendAsync([Numbered(1)], [], [], Now + ahead);

        await delivery.SendAsync([], [], [], Now + ahead);

        await Eventually.SeesAsync(
            "nothing that holds",
            async () =>
            {
                await delivery.SendAsync([], [], [], Now + ahead);
                return (await server.AlertsAsync(Token)).Count;
            },
            seen => seen == 0,
            TimeSpan.FromSeconds(10),
            Token
        );
    }

    [Fact]
    public async Task Send_WhatAnOutageHeldBackToItsEnd_IsNotToldThatItEnded()
    {
        await using var server = await AlertmanagerServer.StartAsync(Token);
        await using var delivery = Delivery(server.Url);
        // Said to have ended tomorrow, so that it is seen here until then.
        var tomorrow = Now.AddDays(1);
        var told = AlertWorld.Do(Numbered(1), AlertStep.Resolved, tomorrow);
        var fired = new AlertEvent(Numbered(2).Key, 1, Since, AlertStep.Fired, AlertLife.Engine, "")
        {
            Concern = Numbered(2).Concern with { HeldBy = "source:so-mot/lc" },
        };
        var held = AlertWorld.Do(AlertLife.Apply(null, fired), AlertStep.Resolved, tomorrow);

        await delivery.SendAsync([], [told, held], [], Now);

        Assert.Equal(Keys([told]), await server.LabelsAsync("alert", Token));
    }

    [Fact]
    public async Task SendNews_WhateverElseHolds_IsThereAtOnceAndEndsNothingElse()
    {
        await using var server = await AlertmanagerServer.StartAsync(Token);
        await using var keeper = Delivery(server.Url);
        await using var other = Delivery(server.Url); // another process, that took the news in
        await keeper.SendAsync([Numbered(1), Numbered(2)], [], [], Now);
        var over = AlertWorld.Do(Numbered(1), AlertStep.Resolved, Now);

        await other.SendNewsAsync([Numbered(3), over], Now);
        Assert.Equal(Keys([Numbered(2), Numbered(3)]), await server.LabelsAsync("alert", Token));
        await other.SendNewsAsync([Numbered(4)], Now);
        Assert.Equal(Keys([Numbered(2), Numbered(3), Numbered(4)]), await server.LabelsAsync("alert", Token));
        await keeper.SendNewsAsync([AlertWorld.Do(Numbered(4), AlertStep.Explained, Now)], Now); // nobody is told of that
        await keeper.SendAsync([Numbered(2), Numbered(3), Numbered(4)], [over], [], Now);

        Assert.Equal(Keys([Numbered(2), Numbered(3), Numbered(4)]), await server.LabelsAsync("alert", Token));
    }

    [Fact]
    public async Task SendNews_OneIsAway_IsNoFault()
    {
        await using var delivery = Delivery("http://127.0.0.1:1");

        await delivery.SendNewsAsync([Numbered(1)], Now);

        Assert.Empty(said);
    }

    [Fact]
    public async Task Send_OneThatNeverAnswers_HoldsUpNeitherTheOthersNorTheCaller()
    {
        await using var server = await AlertmanagerServer.StartAsync(Token);
        await using var silent = new OfficeServer(request => request.HangAsync());
        await using var delivery = Delivery(silent.Url, server.Url);
        var clock = Stopwatch.StartNew();

        await delivery.SendAsync([Numbered(1)], [], [], Now);
        await delivery.SendAsync([Numbered(1), Numbered(2)], [], [], Now);

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(6), $"took {clock.Elapsed}");
        Assert.Equal(Keys([Numbered(1), Numbered(2)]), await server.LabelsAsync("alert", Token));
        Assert.Equal(1, silent.Asked);
    }

    [Fact]
    public async Task Send_WhatIsHeldBackExplainedOrYoung_IsToldToNobody()
    {
        await using var server = await AlertmanagerServer.StartAsync(Token);
        await using var delivery = Delivery(server.Url);
        var outage = Open(AlertWorld.Outage("2026-11-20 08:00"));
        var held = AlertLife.Apply(
            null,
            new(outage.Key + "/1", 1, Since, AlertStep.Fired, AlertLife.Engine, "")
            {
                Concern = AlertWorld.Late("2026-10", "2026-11-05 17:00") with { HeldBy = outage.Key },
            }
        );
        var explained = AlertWorld.Do(Numbered(1), AlertStep.Explained, Since);

        await delivery.SendAsync([outage, held, explained], [], [], Since.AddSeconds(299));
        Assert.Empty(await server.AlertsAsync(Token));
        await delivery.SendAsync([outage, held, explained], [], [], Now);

        Assert.Equal(["source:so-mot/lc"], await server.LabelsAsync("alert", Token));
        Assert.Equal(["operations"], await server.LabelsAsync("to", Token));
    }

    [Fact]
    public async Task Send_WhatWentUpTheLadder_IsToldToEachOnItsOwn()
    {
        await using var server = await AlertmanagerServer.StartAsync(Token);
        await using var delivery = Delivery(server.Url);
        var hour = Open(AlertWorld.Late("2026-11-20T05", "2026-11-20 06:15")); // seen at noon: hours ago
        var month = Open(AlertWorld.Late("2026-10", "2026-11-05 17:00"));

        await delivery.SendAsync([hour, month], [], [], Now);

        Assert.Equal(["head", "office", "office", "province"], await server.LabelsAsync("to", Token));
        Assert.Equal(["digest", "now", "now", "now"], await server.LabelsAsync("notify", Token));
    }

    [Fact]
    public async Task Send_ADigest_IsOneMessageWithItsLines()
    {
        await using var server = await AlertmanagerServer.StartAsync(Token);
        await using var delivery = Delivery(server.Url);
        var alerts = Enumerable.Range(1, 14).Select(Numbered).ToList();
        var digest = new Digest(
            AlertAudience.Office,
            "15@2025-07-01",
            "Sở Một",
            Since,
            alerts,
            [new("lc", "Sở Một", "Lúa, Xã Hai, kỳ 2026-11", Since.AddDays(1))]
        );

        await delivery.SendAsync([], [], [digest], Now);

        var told = Assert.Single(await server.AlertsAsync(Token));
        Assert.Equal(
            "digest/15@2025-07-01/office/Sở Một/2026-11-20",
            told.GetProperty("labels").GetProperty("alert").GetString()
        );
        var annotations = Texts(told.GetProperty("annotations"));
        Assert.Equal("Sở Một, sáng 20/11/2026: 14 quá hạn, 1 sắp đến hạn", annotations["summary"]);
        var lines = (annotations["description"] ?? "").Split('\n');
        Assert.Equal(14, lines.Length);
        Assert.Equal("- và 2 việc khác", lines[12]);
        Assert.Equal("- Sắp đến hạn: Lúa, Xã Hai, kỳ 2026-11, hạn 12:00 21/11/2026", lines[13]);

        await delivery.SendAsync([], [], [], Now);
        Assert.Empty(await server.AlertsAsync(Token));
    }

    private AlertDelivery Delivery(params string[] alertmanagers) =>
        Delivery(new AlertmanagerOptions { Alertmanagers = alertmanagers, BoardUrl = "https://bang.example.gov.vn/" });

    private AlertDelivery Delivery(AlertmanagerOptions options) =>
        new(
            options,
            DutyWorld.CatalogOf(DutyWorld.Monthly),
            TestCatalog.Zone,
            TimeProvider.System,
            (address, _) => said.Enqueue($"away {address}"),
            address => said.Enqueue($"back {address}")
        );

    private static Alert Open(Concern concern) => AlertWorld.Open(concern, Since);

    private static Alert Numbered(int n) =>
        Open(AlertWorld.Late("2026-10", "2026-11-19 17:00") with { Key = $"lc/LC-A01/M/2026-10/{n:0000}" });

    private static IEnumerable<string> Keys(IEnumerable<Alert> alerts) =>
        alerts.Select(alert => alert.Key).Order(StringComparer.Ordinal);

    private static Dictionary<string, string?> Texts(JsonElement texts) =>
        texts.EnumerateObject().ToDictionary(one => one.Name, one => one.Value.GetString());
}
