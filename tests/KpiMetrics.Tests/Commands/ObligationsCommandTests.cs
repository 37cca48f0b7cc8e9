using System.Text.Json;
using static KpiMetrics.Tests.Obligations.DutyWorld;

namespace KpiMetrics.Tests.Commands;

public sealed class ObligationsCommandTests
{
    private const string Commune = "07001@2025-07-01";

    [Fact]
    public async Task Run_WithoutOptions_ShowsWhatIsLateAndWhatIsDueNext()
    {
        using var cli = await DutyCli.StartAsync();
        await cli.Ledger.ReportAsync("2026-10-03", DutyCli.Months, "2026-09", Commune, [("OB-A01.01", 1m), ("OB-A01.02", 1m)]);
        await cli.Ledger.ReportAsync("2026-10-03", DutyCli.Months, "2026-10", Commune, [("OB-A01.01", 1m)]);

        var result = await cli.RunAsync("obligations", "--set", "ob", "--indicator", "OB-A01");

        Assert.Equal((0, ""), (result.Exit, result.Error));
        Assert.StartsWith("Hạn ", result.Lines[0], StringComparison.Ordinal);
        // September of two communes, October of three; then November and what is planned ahead.
        Assert.Equal(
            "2026-10-05 17:00  2026-09  OB-A01  07002 Xã Hai  thiếu báo cáo              tất cả (2)  Phòng Kinh tế  cơ quan báo cáo",
            result.Lines[1]
        );
        Assert.Contains(
            result.Lines,
            line => line.Contains("07001 Xã Một  chưa đủ chỉ tiêu, quá hạn  .02 ", StringComparison.Ordinal)
        );
        Assert.Contains(result.Lines, line => line.Contains("2026-11  OB-A01", StringComparison.Ordinal));
        Assert.StartsWith("Tính đến 2026-11-20 14:00: ", result.Lines[^1], StringComparison.Ordinal);
        Assert.Contains("4 thiếu báo cáo, 1 chưa đủ chỉ tiêu, 1 đã báo cáo đúng hạn", result.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_LimitAndState_CutTheTableButNotTheSummary()
    {
        using var cli = await DutyCli.StartAsync();

        var result = await cli.RunAsync("obligations", "--set", "ob", "--state", "missing,overdue", "--limit", "2");

        Assert.Equal(4, result.Lines.Length);
        Assert.Contains("Hiển thị 2 trong ", result.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Json_HasEverything()
    {
        using var cli = await DutyCli.StartAsync();
        await cli.Ledger.ReportAsync("2026-10-06", DutyCli.Months, "2026-09", Commune, [("OB-A01.01", 1m)]);

        var result = await cli.RunAsync([
            "obligations",
            "--set",
            "ob",
            "--area",
            "07001",
            "--freq",
            "M",
            "--from",
            "2026-09",
            "--to",
            "2026-09",
            "--json",
        ]);

        var one = Assert.Single(JsonDocument.Parse(result.Out).RootElement.EnumerateArray());
        var expected = JsonElement.Parse(
            """{"set":"ob","indicator":"OB-A01","area":"07001","area_name":"Xã Một","freq":"M","period":"2026-09","agency":"Phòng Kinh tế","due_at":"2026-10-05T17:00:00+07:00","opens_at":"2026-10-01T00:00:00+07:00","missing_at":"2026-10-08T17:00:00+07:00","rule":"default M: 5d 17:00 roll","state":"partial","late":true,"blame":"reporter","needs":["OB-A01.01","OB-A01.02"],"lacks":["OB-A01.02"],"first_at":"2026-10-06T00:00:00+07:00","complete_at":null,"extended_to":null,"waived":false,"exemptions":[],"created_at":"2026-11-20T14:00:00+07:00"}"""
        );
        Assert.Equal(expected.EnumerateObject().Select(of => of.Name), one.EnumerateObject().Select(of => of.Name));
        Assert.True(JsonElement.DeepEquals(expected, one), result.Out);
    }

    [Fact]
    public async Task Run_AtAnEarlierInstant_ShowsHowItStoodThen()
    {
        using var cli = await DutyCli.StartAsync();

        var result = await cli.RunAsync([
            "obligations",
            "--set",
            "ob",
            "--indicator",
            "OB-A01",
            "--to",
            "2026-09",
            "--at",
            "2026-10-05T17:00",
        ]);

        Assert.Contains("3 sắp đến hạn", result.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Rates_CountsByAgencyAndFrequency()
    {
        using var cli = await DutyCli.StartAsync();
        await cli.Ledger.ReportAsync("2026-10-03", DutyCli.Months, "2026-09", Commune, [("OB-A01.01", 1m), ("OB-A01.02", 1m)]);
        await cli.Ledger.ReportAsync("2026-11-16", DutyCli.Months, "2026-10", Commune, [("OB-A01.01", 1m), ("OB-A01.02", 1m)]);
        string[] arguments = ["obligations", "--set", "ob", "--rates", "--agency", "phòng kinh tế"];

        var text = await cli.RunAsync(arguments);
        var json = await cli.RunAsync([.. arguments, "--json"]);

        Assert.Equal("Phòng Kinh tế  M         6             2           33,3  1         16,7", text.Lines[1]);
        var rate = Assert.Single(JsonDocument.Parse(json.Out).RootElement.EnumerateArray());
        Assert.Equal((6, 33.33m), (rate.GetProperty("expected").GetInt32(), rate.GetProperty("received_percent").GetDecimal()));
    }

    [Theory]
    [InlineData("--set is needed; allowed: ")]
    [InlineData("There is no set 'x'; allowed: ", "--set", "x")]
    [InlineData("--indicator 'OB-A0' is not in set ob; did you mean OB-A01?", "--set", "ob", "--indicator", "OB-A0")]
    [InlineData("--area '99999': no area bears or bore this code", "--set", "ob", "--area", "99999")]
    [InlineData(
        "--agency 'Sở X' reports nothing to set ob; allowed: Phòng Kinh tế, Phòng Khí tượng.",
        "--set",
        "ob",
        "--agency",
        "Sở X"
    )]
    [InlineData("--freq is 'Z'; allowed: ", "--set", "ob", "--freq", "Z")]
    [InlineData("--state has 'late'; allowed: upcoming, open, due-soon", "--set", "ob", "--state", "late")]
    [InlineData("--limit is 0; allowed: 1 and more.", "--set", "ob", "--limit", "0")]
    [InlineData("--from '2026-11' lies after --to '2026-10'", "--set", "ob", "--from", "2026-11", "--to", "2026-10")]
    [InlineData("--at 'hôm qua' is no instant", "--set", "ob", "--at", "hôm qua")]
    public async Task Run_WhatIsNotThere_IsRefusedWithWhatIsAllowed(string message, params string[] options)
    {
        using var cli = await DutyCli.StartAsync();

        (await cli.RunAsync(["obligations", .. options])).FailedWith(message);
    }

    [Fact]
    public async Task Extend_OneCommune_IsDueLaterUntilRestored()
    {
        using var cli = await DutyCli.StartAsync();
        string[] one = ["--set", "ob", "--indicator", "OB-A01", "--area", "07001", "--period", "2026-10"];

        var extended = await cli.RunAsync([
            "obligations",
            "extend",
            .. one,
            "--until",
            "2026-11-30T17:00",
            "--why",
            "bão số 3",
            "--who",
            "Sở Nội vụ",
        ]);
        Assert.Equal((0, "1 obligations: due at 2026-11-30T17:00:00+07:00."), (extended.Exit, extended.Lines[^1]));
        Assert.Contains("07001 Xã Một", extended.Lines[1], StringComparison.Ordinal);
        var read = Assert.Single(
            await cli.Ledger.AllAsync(
                new(
                    Indicator: "OB-A01",
                    Areas: [Commune],
                    From: Core.Periods.Period.Parse("2026-10"),
                    To: Core.Periods.Period.Parse("2026-10")
                )
            )
        );
        Assert.Equal(At("2026-11-30T17:00"), read.DueAt(Cli.Now));
        Assert.Equal("Sở Nội vụ", (await cli.Ledger.Ledger.ReadAuditAsync(1, TestContext.Current.CancellationToken))[0].Actor);

        var restored = await cli.RunAsync(["obligations", "restore", .. one, "--why", "nhầm xã"]);
        Assert.Equal("1 obligations: due as created.", restored.Lines[^1]);
        (await cli.RunAsync(["obligations", "restore", .. one, "--why", "nhầm xã"])).FailedWith(
            "None of the 1 obligations is extended or waived: there is nothing to take back."
        );
    }

    [Fact]
    public async Task Waive_ManyAtOnce_NeedsYes()
    {
        using var cli = await DutyCli.StartAsync();
        string[] all = ["--set", "ob", "--indicator", "OB-A02", "--period", "2026-10-01..2026-10-10", "--why", "máy hỏng"];

        var refused = await cli.RunAsync(["obligations", "waive", .. all]);
        Assert.Equal(
            (1, "It touches 30 obligations, of which the first 20 are shown; nothing is done without --yes.\n"),
            (refused.Exit, refused.Error)
        );
        Assert.Equal(21, refused.Lines.Length);

        var done = await cli.RunAsync(["obligations", "waive", .. all, "--yes"]);
        Assert.Equal("30 obligations: waived.", done.Lines[^1]);
        (await cli.RunAsync(["obligations", "waive", .. all, "--yes"])).FailedWith(
            "All of the 30 obligations are fulfilled or waived already."
        );
    }

    [Theory]
    [InlineData("2026-08", "2026-12-01", "bão", "There is no such obligation of OB-A01; there are some of 2026-09..2027-01.")]
    [InlineData("2026-10..2026-09", "2026-12-01", "bão", "--period '2026-10..2026-09' is no span")]
    [InlineData("2026-10..2026-11-02", "2026-12-01", "bão", "is no span; write 2026-01, or 2026-01..2026-03")]
    [InlineData("tháng 10", "2026-12-01", "bão", "--period ")]
    [InlineData("2026-10", "2026-11-01", "bão", "is due at 2026-11-05T17:00:00+07:00 anyway")]
    [InlineData("2026-10", "2026-12-01", " ", "why is empty")]
    [InlineData("2026-10", "9999-12-31T23:59", "bão", "until is 9999-12-31T23:59:00+07:00; allowed for ob/OB-A01/M 2026-10")]
    public async Task Extend_WhatCannotBe_IsRefused(string period, string until, string why, string message)
    {
        using var cli = await DutyCli.StartAsync();

        var result = await cli.RunAsync([
            "obligations",
            "extend",
            "--set",
            "ob",
            "--indicator",
            "OB-A01",
            "--period",
            period,
            "--until",
            until,
            "--why",
            why,
        ]);

        Assert.Equal(1, result.Exit);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.All(await cli.Ledger.AllAsync(), obligation => Assert.Empty(obligation.Exemptions));
    }
}
