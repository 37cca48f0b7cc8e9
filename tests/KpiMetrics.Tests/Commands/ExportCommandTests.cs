using System.Text.Json;

namespace KpiMetrics.Tests.Commands;

public sealed class ExportCommandTests : IDisposable
{
    private const string Header =
        "set,indicator,measure,subject,area,freq,period,value,unit,status,vintage,revision,received_at,pop,yoy,ytd,ytd_have,ytd_need,ytd_yoy,plan";

    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task Export_EmptyLedger_IsTheHeaderOfTheDesign() =>
        Assert.Equal(new(0, Header + "\n", ""), await cli.RunAsync("export", "--set", "cchc"));

    [Fact]
    public async Task Export_Csv_HasEveryColumnDigitForDigit()
    {
        await DemoAsync();

        Assert.Equal(
            [
                Header,
                "demo,DM-A01,DM-A01.01,,24,M,2026-08,1.10,,A,official,1,2026-11-20T14:00:00+07:00,,,1.1,1,8,,",
                "demo,DM-A01,DM-A01.01,,24,M,2026-09,2.20,,A,official,1,2026-11-20T14:00:00+07:00,100,,3.3,2,9,,",
                "demo,DM-A01,DM-A01.01,,24,M,2026-10,3.3,,A,estimate,1,2026-11-20T14:00:00+07:00,50,,6.6,3,10,,",
            ],
            (await ExportAsync("--measure", "DM-A01.01")).Lines
        );
    }

    [Fact]
    public async Task Export_TextThatASpreadsheetWouldRun_BeginsWithAnApostrophe()
    {
        await DemoAsync();

        var lines = (await ExportAsync("--measure", "DM-A01.04")).Lines;

        Assert.Contains(",2026-10,\"'=HYPERLINK(\"\"http://x\"\")\",,A,", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_Json_KeepsDigitsAndSaysWhyThereIsNoDerivation()
    {
        await DemoAsync();

        using var json = JsonDocument.Parse((await ExportAsync("--format", "json")).Out);

        var first = json.RootElement[0];
        Assert.Equal("1.10", first.GetProperty("value").GetRawText());
        Assert.Equal(("M", "2026-08", "import"), (Text(first, "freq"), Text(first, "period"), Text(first, "source")));
        Assert.Equal(JsonValueKind.Null, first.GetProperty("pop").ValueKind);
        Assert.Equal("no figure for 2026-07", Text(first, "pop_why"));
        Assert.Equal("no figure for 2025-08", Text(first, "yoy_why"));
        var second = json.RootElement[1];
        Assert.Equal("100", second.GetProperty("pop").GetRawText());
        Assert.False(second.TryGetProperty("pop_why", out _));
        var bulletin = json.RootElement.EnumerateArray().Single(row => Text(row, "measure") == "DM-A01.04");
        Assert.Equal("=HYPERLINK(\"http://x\")", Text(bulletin, "value"));
    }

    [Fact]
    public async Task Export_JsonOfNothing_IsAnEmptyArray() =>
        Assert.Equal("[]", (await cli.RunAsync("export", "--set", "cchc", "--format", "json")).Out.Trim());

    [Theory]
    [InlineData("2026-09 2026-10", "--from", "2026-09", "--measure", "DM-A01.01")]
    [InlineData("2026-08 2026-09", "--to", "2026-09", "--measure", "DM-A01.01")]
    [InlineData("2026-09", "--from", "2026-09", "--to", "2026-09", "--measure", "DM-A01.01")]
    [InlineData("2026-08 2026-09", "--to", "2026-Q3", "--measure", "DM-A01.01")]
    [InlineData("2026-08 2026-09 2026-10", "--freq", "M", "--area", "24", "--indicator", "DM-A01", "--measure", "DM-A01.01")]
    [InlineData("", "--freq", "A")]
    [InlineData("", "--area", "80")]
    [InlineData("", "--as-of", "2026-11-20T13:59:59")]
    [InlineData("2026-10", "--as-of", "2026-11-20T14:00", "--from", "2026-10", "--measure", "DM-A01.01")]
    public async Task Export_Filters_GiveWhatTheyName(string periods, params string[] options)
    {
        await DemoAsync();

        var found = (await ExportAsync(options)).Lines.Skip(1).Select(line => line.Split(',')[6]);

        Assert.Equal(periods, string.Join(' ', found));
    }

    [Fact]
    public async Task Export_AsOf_GivesWhatWasKnownThen()
    {
        await cli.ImportAsync(["--received-at", "2025-12-20"], "CC-F101,CC-F101.01,24,2025,60,");
        await cli.ImportAsync(["--received-at", "2026-01-20"], "CC-F101,CC-F101.01,24,2025,61,");

        Assert.Contains(
            ",60,",
            (await cli.RunAsync("export", "--set", "cchc", "--as-of", "2026-01-19")).Out,
            StringComparison.Ordinal
        );
        var now = (await cli.RunAsync("export", "--set", "cchc")).Lines[1];
        Assert.Contains(",61,", now, StringComparison.Ordinal);
        Assert.Contains(",official,2,2026-01-20T00:00:00+07:00,", now, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--indicator", "CC-X", "--indicator 'CC-X' is not in set cchc; 'catalog list --set cchc' shows its codes.")]
    [InlineData("--measure", "CC-X", "--measure 'CC-X' is not in set cchc; 'catalog list --set cchc' shows its codes.")]
    [InlineData("--area", "99", "--area '99': no area bears or bore this code.")]
    [InlineData("--freq", "Y", "--freq is 'Y'; allowed: H, D, W, M, Q, S, A.")]
    [InlineData("--from", "2026-13", "--from '2026-13' does not exist: month of 2026 must be in 1..12.")]
    [InlineData(
        "--to",
        "1/2026",
        "--to '1/2026' is not a period; write 2026-11-20T14, 2026-11-20, 2026-W47, 2026-11, 2026-Q4, 2026-S2 or 2026."
    )]
    [InlineData(
        "--as-of",
        "0001-01-01",
        "--as-of '0001-01-01' is no instant; write 2025-12-20, 2025-12-20T08:00 (clock of Vietnam) or 2025-12-20T01:00:00Z."
    )]
    [InlineData("--format", "xml", "--format is 'xml'; allowed: csv, sdmx-csv, json, xlsx.")]
    public async Task Export_UnknownCode_SaysWhatToDo(string option, string value, string message) =>
        (await cli.RunAsync("export", "--set", "cchc", option, value)).Failed(message);

    [Fact]
    public async Task Export_UnknownSet_NamesThoseThereAre() =>
        (await cli.RunAsync("export", "--set", "x")).Failed("There is no set 'x'; allowed: bac-ninh, cchc, lao-cai, tay-ninh.");

    private static string? Text(JsonElement row, string name) => row.GetProperty(name).GetString();

    private Task<CliResult> ExportAsync(params string[] options) =>
        cli.RunAsync(["export", "--set", "demo", "--sets", cli.DemoSets(), .. options]);

    private async Task DemoAsync()
    {
        var file = cli.Csv(
            "demo.csv",
            "DM-A01,DM-A01.01,24,2026-08,1.10,",
            "DM-A01,DM-A01.01,24,2026-09,2.20,",
            "DM-A01,DM-A01.01,24,2026-10,3.3,estimate",
            "DM-A01,DM-A01.04,24,2026-10,\"=HYPERLINK(\"\"http://x\"\")\","
        );
        var result = await cli.RunAsync("import", file, "--set", "demo", "--sets", cli.DemoSets(), "--locale", "en");
        Assert.Equal((0, ""), (result.Exit, result.Error));
    }
}
