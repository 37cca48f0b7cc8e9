using System.Text.Json;
using KpiMetrics.Tests.Sources.Inbox;

namespace KpiMetrics.Tests.Commands;

public sealed class PlanCommandTests : IDisposable
{
    private const string Header = "indicator,measure,area,period,value,kind,decision";
    private const string Year = "DM-A01,DM-A01.01,24,2026,1200,,12/NQ-HĐND";

    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task Import_GoodFile_IsDoneAndListed()
    {
        Assert.Equal(new(0, "1 rows: 1 recorded, 0 repeated, 0 refused\n", ""), await ImportAsync([], Year));

        Assert.Equal(
            "* DM-A01.01      24               2026                1200 assigned  2026-11-20T14:00:00+07:00  '12/NQ-HĐND'\n",
            (await ListAsync()).Out
        );
    }

    [Fact]
    public async Task Import_Again_RecordsNothingNew()
    {
        await ImportAsync([], Year);

        Assert.Equal(new(0, "1 rows: 0 recorded, 1 repeated, 0 refused\n", ""), await ImportAsync([], Year));
    }

    [Fact]
    public async Task Import_BadRows_AreNamedByFileAndLineWithExitCode2()
    {
        var result = await ImportAsync(
            [],
            Year,
            "DM-A01,DM-A01.01,24,2026-W05,5,,",
            "DM-A01,DM-A01.04,24,2026,5,giao,",
            "DM-A01,DM-A01.01,24,2026-Q1,5,tăng,"
        );

        Assert.Equal((2, "4 rows: 1 recorded, 0 repeated, 3 refused\n"), (result.Exit, result.Out));
        var file = cli.Folder.File("plans.csv");
        Assert.Equal(
            [
                $"{file}:3: period '2026-W05' has frequency W; a plan is of a year (A) or a part of it: S, Q, M",
                $"{file}:4: DM-A01.04 is a text; only numbers have plans",
                $"{file}:5: kind 'tăng' is unknown; allowed: assigned (giao), adjusted (dieu-chinh)",
            ],
            result.Error.TrimEnd('\n').Split('\n')
        );
    }

    [Fact]
    public async Task Import_DryRun_KeepsNothing()
    {
        var result = await ImportAsync(["--dry-run"], Year);

        Assert.Equal((0, "1 rows: 1 recorded, 0 repeated, 0 refused (dry run: nothing was kept)\n"), (result.Exit, result.Out));
        Assert.Equal("no plans\n", (await ListAsync()).Out);
    }

    [Fact]
    public async Task Import_Locale_SettlesWhatCouldBeTwoNumbers()
    {
        Assert.Equal(0, (await ImportAsync(["--locale", "vi"], "DM-A01,DM-A01.01,24,2026,1.234,,")).Exit);

        Assert.Contains(" 1234 ", (await ListAsync()).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_AWorkbook_IsTakenWithItsYearsAsNumbers()
    {
        var path = cli.Folder.File("plans.xlsx");
        using (var file = new XlsxFile(path))
            file.Sheet(
                "Kế hoạch",
                [.. XlsxFile.Header, new("scheme")],
                [new("DM-A01"), new("DM-A01.01"), new("24"), XlsxFile.Number(2027), XlsxFile.Number(99.5), new("du-toan")]
            );

        Assert.Equal(0, (await RunAsync("plan", "import", path, "--set", "demo")).Exit);

        Assert.StartsWith(
            "* DM-A01.01      24     du-toan   2027                99.5 ",
            (await ListAsync()).Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Import_AColumnOfFiguresOnly_IsNamedWithThoseAllowed()
    {
        var path = cli.Folder.Write("plans.csv", "indicator,measure,area,period,value,status\n");

        (await RunAsync("plan", "import", path, "--set", "demo")).Failed(
            "plans.csv:1: column 'status' is unknown; allowed are indicator, measure, area, period, value (or value:vi, value:en), and optionally subject, note, scheme, kind, decision; nothing was taken"
        );
        (await RunAsync("import", cli.Folder.Write("in.csv", $"{Header}\n"), "--set", "demo")).FailedWith(
            "column 'kind' is unknown; column 'decision' is unknown"
        );
    }

    [Theory]
    [InlineData("--received-at", "2026-11-21", "--received-at '2026-11-21' lies in the future.")]
    [InlineData("--locale", "fr", "--locale is 'fr'; allowed: vi, en.")]
    public async Task Import_OptionThatCannotBe_IsRefused(string option, string value, string message) =>
        (await ImportAsync([option, value], Year)).Failed(message);

    [Fact]
    public async Task Import_FileOrSetThatIsNotThere_IsSaid()
    {
        (await RunAsync("plan", "import", "no.csv", "--set", "demo")).Failed("There is no file 'no.csv'.");
        (await cli.RunAsync("plan", "import", cli.Folder.Write("a.csv", Header), "--set", "demmo")).Failed(
            "There is no set 'demmo'; allowed: bac-ninh, cchc, lao-cai, tay-ninh."
        );
    }

    [Fact]
    public async Task List_AssignedThenAdjusted_MarksWhatCountedThen()
    {
        await ImportAsync(["--received-at", "2026-01-05"], Year);
        await ImportAsync(["--received-at", "2026-07-15"], "DM-A01,DM-A01.01,24,2026,1500,dieu-chinh,");

        Assert.Equal(["  1200", "* 1500"], await VersionsAsync());
        Assert.Equal(["* 1200"], await VersionsAsync("--as-of", "2026-07-14"));
        Assert.Equal(["  1200", "* 1500"], await VersionsAsync("--year", "2026", "--measure", "DM-A01.01", "--area", "24"));
        Assert.Equal(["no plans"], await VersionsAsync("--year", "2025"));
    }

    /// <summary>Two papers of one day: nobody may believe that the second counts because it was entered second.</summary>
    [Fact]
    public async Task Import_AnotherPlanForTheSameInstant_SaysWhichOfThemCounts()
    {
        string[] day = ["--received-at", "2026-01-05"];
        const string Less = "DM-A01,DM-A01.01,24,2026,200,,12/NQ-HĐND";
        await ImportAsync(day, Year);

        var result = await ImportAsync(day, Less);

        Assert.Equal((0, "1 rows: 1 recorded, 0 repeated, 0 refused\n"), (result.Exit, result.Out));
        Assert.EndsWith(
            ":2: recorded, but plan stated something else of this for the same instant, 2026-01-05T00:00:00+07:00. Whichever was entered last, "
                + "the greater value counts. If this row corrects the other, enter it again with the hour it came at (--received-at) and the paper that corrects it in decision\n",
            result.Error,
            StringComparison.Ordinal
        );
        Assert.Equal(["  200", "* 1200"], (await VersionsAsync()).Order());

        Assert.Equal("", (await ImportAsync(["--received-at", "2026-01-05T15:00"], $"{Less} (đính chính)")).Error);

        Assert.Contains("* 200", await VersionsAsync());
    }

    [Fact]
    public async Task List_Json_HasEveryWord()
    {
        await ImportAsync([], Year);

        using var json = JsonDocument.Parse((await ListAsync("--json")).Out);
        var plan = Assert.Single(json.RootElement.EnumerateArray());

        Assert.Equal(
            """{"set":"demo","measure":"DM-A01.01","subject":"","area":"24","scheme":"","period":"2026","value":1200,"kind":"assigned","decision":"12/NQ-HĐND","received_at":"2026-11-20T14:00:00+07:00","note":null,"counts":true}""",
            string.Concat(plan.GetRawText().Split('\n').Select(line => line.Trim())).Replace(": ", ":", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("--measure", "X", "--measure 'X' is not in set demo; 'catalog list --set demo' shows its codes.")]
    [InlineData("--area", "99", "--area '99': no area bears or bore this code.")]
    [InlineData("--year", "1800", "--year is 1800; allowed: 1900..2199.")]
    public async Task List_WhatIsNotThere_IsRefused(string option, string value, string message) =>
        (await ListAsync(option, value)).Failed(message);

    private Task<CliResult> RunAsync(params string[] arguments) => cli.RunAsync([.. arguments, "--sets", cli.DemoSets()]);

    private Task<CliResult> ImportAsync(string[] options, params string[] lines) =>
        RunAsync([
            "plan",
            "import",
            cli.Folder.Write("plans.csv", string.Join('\n', [Header, .. lines, ""])),
            "--set",
            "demo",
            .. options,
        ]);

    private Task<CliResult> ListAsync(params string[] options) => RunAsync(["plan", "list", "--set", "demo", .. options]);

    /// <summary>The mark and the value of each line.</summary>
    private async Task<string[]> VersionsAsync(params string[] options) =>
        [
            .. (await ListAsync(options)).Lines.Select(line =>
                line.Length > 58 ? $"{line[..2]}{line[36..58].Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1]}" : line
            ),
        ];
}
