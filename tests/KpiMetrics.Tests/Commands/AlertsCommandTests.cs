using System.Text.Json;
using KpiMetrics.Core.Alerting;
using KpiMetrics.Tests.Alerting;

namespace KpiMetrics.Tests.Commands;

public sealed class AlertsCommandTests
{
    private const string Key = "lc/LC-A01/M/2026-10/02001@2025-07-01";

    [Fact]
    public async Task List_WithoutAny_SaysSo()
    {
        using var cli = new Cli();

        Assert.Equal(new(0, "Không có cảnh báo nào.\n", ""), await cli.RunAsync("alerts", "list"));
    }

    [Fact]
    public async Task Alert_TakenExplainedAndReopened_IsShownWithItsHistory()
    {
        using var cli = await StartAsync();

        var list = await cli.RunAsync("alerts", "list");
        Assert.Equal(
            [
                "     1  chú ý         đang mở        2026-11-05 17:00  quá hạn: Chỉ số LC-A01, Xã Một, kỳ 2026-10 (Sở Một)",
                "Hiển thị 1 trong 1.",
            ],
            list.Lines
        );
        var taken = await cli.RunAsync("alerts", "ack", "1", "--who", "an", "--why", "đang hỏi xã");
        Assert.StartsWith("Cảnh báo 1: đã tiếp nhận. quá hạn: ", taken.Out, StringComparison.Ordinal);
        await cli.RunAsync("alerts", "explain", Key, "--who", "binh", "--text", "mất điện", "--link", "https://vi.du/1");
        var open = await cli.RunAsync("alerts", "reopen", Key, "--who", "an", "--why", "đã có điện");
        Assert.Equal((0, ""), (open.Exit, open.Error));

        var shown = await cli.RunAsync("alerts", "show", "1");
        Assert.Equal(
            [
                "Cảnh báo      1  lc/LC-A01/M/2026-10/02001@2025-07-01",
                "Nội dung      quá hạn: Chỉ số LC-A01, Xã Một, kỳ 2026-10 (Sở Một)",
                "Loại          quá hạn (overdue), chú ý",
                "Tình trạng    đang mở",
                "Từ            2026-11-05 17:00",
                "Cơ quan       Sở Một",
                "Diễn biến",
                "  2026-11-20 12:00     phát sinh         worker: quá hạn: Chỉ số LC-A01, Xã Một, kỳ 2026-10 (Sở Một)",
                "  2026-11-20 14:00     tiếp nhận         an: đang hỏi xã",
                "  2026-11-20 14:00     giải trình        binh: mất điện https://vi.du/1",
                "  2026-11-20 14:00     mở lại            an: đã có điện",
            ],
            shown.Lines
        );
        var json = JsonElement.Parse((await cli.RunAsync("alerts", "show", "1", "--json")).Out);
        Assert.Equal(4, json.GetProperty("events").GetArrayLength());
        Assert.Equal("overdue", json.GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Show_Json_NamesTheAreaInFull()
    {
        using var cli = await StartAsync();
        cli.Folder.Write(
            "sets/areas/xa.yaml",
            """
            areas:
              - {code: "02001", name: Một, kind: Xã, level: commune, from: 2025-07-01, parent: "15"}

            """
        );

        var shown = await cli.RunAsync("alerts", "show", "1", "--json", "--sets", cli.DemoSets());

        Assert.Equal("Xã Một", JsonElement.Parse(shown.Out).GetProperty("area_name").GetString());
    }

    [Theory]
    [InlineData("There is no alert '7'; the list of alerts shows their numbers.", "show", "7")]
    [InlineData(
        "Alert 1 cannot be reopened: it is open, and nobody has acknowledged or explained it.",
        "reopen",
        "1",
        "--why",
        "x"
    )]
    [InlineData("--text is empty; say it in a few words.", "explain", "1", "--text", " ")]
    [InlineData("--link is 'x'; write an address such as https://...", "explain", "1", "--text", "x", "--link", "x")]
    [InlineData("--state has 'late'; allowed: firing, acknowledged, explained, resolved.", "list", "--state", "late")]
    [InlineData("--kind is 'late'; allowed: overdue, missing, incomplete, ", "list", "--kind", "late")]
    [InlineData("--limit is 0; allowed: 1 and more.", "list", "--limit", "0")]
    [InlineData("There is no set 'nix'; allowed: ", "list", "--set", "nix")]
    public async Task Alerts_WhatCannotBe_IsRefusedWithWhatIsAllowed(string message, params string[] arguments)
    {
        using var cli = await StartAsync();

        (await cli.RunAsync(["alerts", .. arguments])).FailedWith(message);
    }

    [Fact]
    public async Task Ack_AThreshold_NeedsAReason()
    {
        using var cli = await StartAsync();
        var river = AlertWorld.Late("2026-11-20T05", "2026-11-20 05:00", kind: AlertKind.Threshold) with
        {
            Key = "threshold:thu",
        };
        var ledger = new Pipeline.Ledger.Sqlite.SqliteLedger(Path.Combine(cli.Data, "ledger.db"));
        var fired = AlertWorld.Round.Decide([], [river], AlertWorld.NoEvidence, AlertWorld.Noon);
        await ledger.KeepAlertEventsAsync(fired, null, TestContext.Current.CancellationToken);

        (await cli.RunAsync("alerts", "ack", "threshold:thu", "--who", "an")).FailedWith(
            "--why is empty; a threshold is acknowledged with a reason."
        );
        (await cli.RunAsync("alerts", "ack", "threshold:thu", "--who", "an", "--why", " ")).FailedWith("--why is empty");
        var taken = await cli.RunAsync("alerts", "ack", "threshold:thu", "--who", "an", "--why", "đã báo xã");
        Assert.StartsWith("Cảnh báo 2: đã tiếp nhận. ", taken.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("alerts", "list show ack explain reopen evidence")]
    [InlineData("alerts list", "--set --agency --kind --state --json --limit source-failing")]
    [InlineData("alerts ack", "ALERT --why --who")]
    [InlineData("alerts explain", "ALERT --text --link --who")]
    [InlineData("alerts reopen", "ALERT --why --who")]
    public async Task Help_EachCommand_ShowsItsOptions(string command, string shown)
    {
        using var cli = new Cli();

        var result = await cli.RunAsync([.. command.Split(' '), "--help"]);

        Assert.Equal((0, ""), (result.Exit, result.Error));
        Assert.All(shown.Split(' '), name => Assert.Contains(name, result.Out, StringComparison.Ordinal));
    }

    private static async Task<Cli> StartAsync()
    {
        var cli = new Cli();
        await cli.RunAsync("alerts", "list"); // makes the ledger
        var ledger = new Pipeline.Ledger.Sqlite.SqliteLedger(Path.Combine(cli.Data, "ledger.db"));
        var fired = AlertWorld.Round.Decide(
            [],
            [AlertWorld.Late("2026-10", "2026-11-05 17:00")],
            AlertWorld.NoEvidence,
            AlertWorld.Noon
        );
        Assert.Equal(1, await ledger.KeepAlertEventsAsync(fired, null, TestContext.Current.CancellationToken));
        return cli;
    }
}
