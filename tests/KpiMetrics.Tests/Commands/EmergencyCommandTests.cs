using System.Text.Json;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Tests.Commands;

public sealed class EmergencyCommandTests
{
    [Fact]
    public async Task Start_TwoCommunes_SaysWhatItMeansAndObligesTheirHours()
    {
        using var cli = await DutyCli.StartAsync();

        var result = await StartAsync(cli, "07001, 07002", "2026-11-21T14:00");
        await cli.PlanAsync();

        Assert.Equal((0, ""), (result.Exit, result.Error));
        Assert.Equal(
            [
                "Tình huống khẩn cấp 1 theo 7/CĐ-UBND: từ 2026-11-20 14:00 đến 2026-11-21 14:00.",
                "2 địa bàn báo cáo theo giờ 1 chỉ số: ob/OB-A02.",
                "Giờ đầu tiên: 2026-11-20T14, hạn 2026-11-20 15:15.",
            ],
            result.Lines
        );
        var hours = await cli.Ledger.AllAsync(new(Frequency: Frequency.Hour));
        Assert.Equal(["07001", "07002", "07001", "07002"], hours.Select(hour => hour.Area[..5]));
    }

    [Fact]
    public async Task Start_AProvinceForTwoMonths_CountsItsCommunesAndWarns()
    {
        using var cli = await DutyCli.StartAsync();

        var result = await StartAsync(cli, "24", "2027-01-19");

        Assert.Equal(0, result.Exit);
        Assert.StartsWith("3 địa bàn ", result.Lines[1], StringComparison.Ordinal);
        Assert.Equal("It lasts 59 days: longer than 30; each hour of it must be reported.\n", result.Error);
    }

    [Theory]
    [InlineData("07009", "2026-11-21", "--areas has '07009', which no commune or province bears then; allowed: ")]
    [InlineData("VN", "2026-11-21", "--areas has 'VN', which no commune or province bears then")]
    [InlineData(",", "2026-11-21", "--areas is empty; allowed: ")]
    [InlineData("07001", "2026-11-20T14:00", "--until is 2026-11-20T14:00:00+07:00; allowed: after 2026-11-20T14:00:00+07:00")]
    [InlineData("07001", "2028-11-20T14:00", "at most 366 days after it begins")]
    [InlineData("07001", "mai", "--until 'mai' is no instant")]
    public async Task Start_WhatCannotBe_IsRefusedWithWhatIsAllowed(string areas, string until, string message)
    {
        using var cli = await DutyCli.StartAsync();

        (await StartAsync(cli, areas, until)).FailedWith(message);
        Assert.Empty(await cli.Ledger.Emergencies.ReadEmergenciesAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Start_AProvinceWithoutHourlyIndicators_IsRefused()
    {
        using var cli = await DutyCli.StartAsync();

        (await StartAsync(cli, "80", "2026-11-21")).FailedWith("reports nothing by the hour in an emergency; allowed: ");
    }

    [Theory]
    [InlineData("2026-11-10", "--from is 2026-11-10T00:00:00+07:00; allowed: at most 7 days ago")]
    [InlineData("2026-11-22", "--until is 2026-11-21T14:00:00+07:00; allowed: after 2026-11-22T00:00:00+07:00")]
    public async Task Start_BeginningThatCannotBe_IsRefused(string from, string message)
    {
        using var cli = await DutyCli.StartAsync();

        (await StartAsync(cli, "07001", "2026-11-21T14:00", "--from", from)).FailedWith(message);
    }

    [Fact]
    public async Task ExtendAndStop_OneInForce_AreDoneAndAudited()
    {
        using var cli = await DutyCli.StartAsync();
        await StartAsync(cli, "07001", "2026-11-21T14:00");

        var extended = await cli.RunAsync("emergency", "extend", "1", "--until", "2026-11-22T14:00", "--who", "trực ban");
        Assert.Contains("đến 2026-11-22 14:00", extended.Lines[0], StringComparison.Ordinal);
        (await cli.RunAsync("emergency", "extend", "1", "--until", "2026-11-21T15:00")).FailedWith(
            "emergency 1 lasts to 2026-11-22T14:00:00+07:00 anyway"
        );

        var stopped = await cli.RunAsync("emergency", "stop", "1", "--why", "bão tan", "--who", "trực ban");
        Assert.Equal(new(0, "Emergency 1 is stopped; what was due stays due.\n", ""), stopped);
        (await cli.RunAsync("emergency", "stop", "1", "--why", "bão tan")).FailedWith(
            "Emergency 1 was over at 2026-11-20T14:00:00+07:00"
        );

        var audit = await cli.Ledger.Ledger.ReadAuditAsync(3, TestContext.Current.CancellationToken);
        Assert.Equal(
            ["emergency-stop trực ban", "emergency-extend trực ban", "emergency-start trực ban"],
            audit.Select(entry => $"{entry.Action} {entry.Actor}")
        );
    }

    [Fact]
    public async Task Stop_NumberThatIsNot_NamesThoseThatAre()
    {
        using var cli = await DutyCli.StartAsync();
        (await cli.RunAsync("emergency", "stop", "7", "--why", "x")).FailedWith("There is no emergency 7; none is in force.");
        await StartAsync(cli, "07001", "2026-11-21T14:00");

        (await cli.RunAsync("emergency", "stop", "7", "--why", "x")).FailedWith(
            "There is no emergency 7; in force or to come: 1."
        );
    }

    [Fact]
    public async Task List_TextAndJson_ShowEachWithItsState()
    {
        using var cli = await DutyCli.StartAsync();
        Assert.Equal("Chưa có tình huống khẩn cấp nào.\n", (await cli.RunAsync("emergency", "list")).Out);
        await StartAsync(cli, "07001", "2026-11-21T14:00");
        await StartAsync(cli, "24", "2026-11-25T14:00", "--from", "2026-11-24");

        var text = await cli.RunAsync("emergency", "list");
        var json = JsonDocument.Parse((await cli.RunAsync("emergency", "list", "--json")).Out).RootElement;

        Assert.Equal(
            "  1  2026-11-20 14:00  2026-11-21 14:00  đang hiệu lực  7/CĐ-UBND  07001 Xã Một  (trực ban)",
            text.Lines[0]
        );
        Assert.Equal(["in-force", "upcoming"], json.EnumerateArray().Select(of => of.GetProperty("state").GetString()));
        Assert.Equal("07001", json[0].GetProperty("areas")[0].GetString());
    }

    private static Task<CliResult> StartAsync(DutyCli cli, string areas, string until, params string[] more) =>
        cli.RunAsync([
            "emergency",
            "start",
            "--areas",
            areas,
            "--order",
            "7/CĐ-UBND",
            "--until",
            until,
            "--who",
            "trực ban",
            .. more,
        ]);
}
