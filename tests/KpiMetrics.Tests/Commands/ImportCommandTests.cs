using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Commands;

public sealed class ImportCommandTests : IDisposable
{
    private const string Good = "CC-F101,CC-F101.01,24,2025,60,";

    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task Import_GoodFile_IsDone() =>
        Assert.Equal(new(0, "1 rows: 1 recorded, 0 repeated, 0 refused\n", ""), await cli.ImportAsync([], Good));

    [Fact]
    public async Task Import_Again_RecordsNothingNew()
    {
        await cli.ImportAsync([], Good);

        Assert.Equal(new(0, "1 rows: 0 recorded, 1 repeated, 0 refused\n", ""), await cli.ImportAsync([], Good));
    }

    [Fact]
    public async Task Import_BadRows_AreNamedByFileAndLineWithExitCode2()
    {
        var result = await cli.ImportAsync([], Good, "CC-F101,CC-F999.01,24,2025,60,", "CC-F101,CC-F101.01,27,2025,1.234,");

        Assert.Equal((2, "3 rows: 1 recorded, 0 repeated, 2 refused\n"), (result.Exit, result.Out));
        var file = cli.Folder.File("in.csv");
        var errors = result.Error.TrimEnd('\n').Split('\n');
        Assert.Equal($"{file}:3: measure 'CC-F999.01' is not of CC-F101; allowed: CC-F101.01", errors[0]);
        Assert.StartsWith($"{file}:4: value '1.234' could be 1234", errors[1], StringComparison.Ordinal);
        Assert.StartsWith($"{file}:4: no area bears code '27' on 2025-12-14", errors[2], StringComparison.Ordinal);
        Assert.Equal(3, errors.Length);
    }

    [Fact]
    public async Task Import_DryRun_KeepsNothing()
    {
        var result = await cli.ImportAsync(["--dry-run"], Good, "CC-F101,CC-F999.01,24,2025,60,");

        Assert.Equal((2, "2 rows: 1 recorded, 0 repeated, 1 refused (dry run: nothing was kept)\n"), (result.Exit, result.Out));
        Assert.Single((await cli.RunAsync("export", "--set", "cchc")).Lines);
    }

    [Fact]
    public async Task Import_Locale_SettlesWhatCouldBeTwoNumbers()
    {
        Assert.Equal(0, (await cli.ImportAsync(["--locale", "vi"], "CC-F101,CC-F101.01,24,2025,1.234,")).Exit);

        Assert.Contains(",1234,", (await cli.RunAsync("export", "--set", "cchc")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2025-12-20", "2025-12-20T00:00:00+07:00")]
    [InlineData("2025-12-20T08:30", "2025-12-20T08:30:00+07:00")]
    [InlineData("2025-12-20T01:30:00Z", "2025-12-20T08:30:00+07:00")]
    [InlineData("2025-12-20T08:30:00.250+07:00", "2025-12-20T08:30:00.25+07:00")]
    public async Task Import_ReceivedAt_IsKeptByTheClockOfVietnam(string given, string kept)
    {
        await cli.ImportAsync(["--received-at", given], Good);

        Assert.Contains($",{kept},", (await cli.RunAsync("export", "--set", "cchc")).Out, StringComparison.Ordinal);
    }

    /// <summary>Two papers of one day: nobody may believe that the second counts because it was entered second.</summary>
    [Fact]
    public async Task Import_AnotherFigureForTheSameInstant_SaysWhichOfThemCounts()
    {
        string[] day = ["--received-at", "2025-12-20"];
        await cli.ImportAsync(day, Good);

        var result = await cli.ImportAsync(day, "CC-F101,CC-F101.01,24,2025,6,");

        Assert.Equal((0, "1 rows: 1 recorded, 0 repeated, 0 refused\n"), (result.Exit, result.Out));
        Assert.Equal(
            $"{cli.Folder.File("in.csv")}:2: recorded, but import stated something else of this for the same instant, "
                + "2025-12-20T00:00:00+07:00. Whichever was entered last, a value counts before a withdrawal and the greater number before the smaller. "
                + "If this row corrects the other, enter it again with the hour it came at (--received-at)\n",
            result.Error
        );
        Assert.Contains(",60,", (await cli.RunAsync("export", "--set", "cchc")).Out, StringComparison.Ordinal);

        Assert.Equal("", (await cli.ImportAsync(["--received-at", "2025-12-20T15:00"], "CC-F101,CC-F101.01,24,2025,6,")).Error);

        Assert.Contains(",6,", (await cli.RunAsync("export", "--set", "cchc")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_WithoutReceivedAt_IsReceivedNow()
    {
        await cli.ImportAsync([], Good);

        Assert.Contains(
            ",2026-11-20T14:00:00+07:00,",
            (await cli.RunAsync("export", "--set", "cchc")).Out,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("2026-11-20T14:00:01", "--received-at '2026-11-20T14:00:01' lies in the future.")]
    [InlineData(
        "20/12/2025",
        "--received-at '20/12/2025' is no instant; write 2025-12-20, 2025-12-20T08:00 (clock of Vietnam) or 2025-12-20T01:00:00Z."
    )]
    [InlineData(
        "0001-01-01",
        "--received-at '0001-01-01' is no instant; write 2025-12-20, 2025-12-20T08:00 (clock of Vietnam) or 2025-12-20T01:00:00Z."
    )]
    public async Task Import_ReceivedAtThatCannotBe_IsRefused(string given, string message) =>
        (await cli.ImportAsync(["--received-at", given], Good)).Failed(message);

    [Theory]
    [InlineData("--source", "Sở TC", "--source is 'Sở TC'; allowed: 1 to 40 letters, digits, '-' and '_'.")]
    [InlineData("--source", "", "--source is ''; allowed: 1 to 40 letters, digits, '-' and '_'.")]
    [InlineData("--locale", "fr", "--locale is 'fr'; allowed: vi, en.")]
    public async Task Import_OptionThatCannotBe_IsRefused(string option, string value, string message) =>
        (await cli.ImportAsync([option, value], Good)).Failed(message);

    [Fact]
    public async Task Import_AgencyOfTheSet_TakesItsFigures() =>
        Assert.Equal(0, (await cli.ImportAsync(["--agency", "ủy ban nhân dân  tỉnh Bắc Ninh"], Good)).Exit);

    [Fact]
    public async Task Import_FiguresOfAnotherAgency_AreRefusedNamingItsOwn()
    {
        var file = cli.Csv("in.csv", "BN-29,BN-29.01,24,2025,95.5,", "BN-01,BN-01.01,24,2025,95.5,");

        var result = await cli.RunAsync("import", file, "--set", "bac-ninh", "--agency", "Sở Y tế", "--dry-run");

        Assert.Equal(2, result.Exit);
        Assert.Contains(
            $"{file}:3: agency 'Sở Y tế' does not report BN-01.01; allowed: Sở Tài chính\n",
            result.Error,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain($"{file}:2: agency", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_AgencyTheSetDoesNotKnow_NamesThoseThereAre() =>
        (await cli.ImportAsync(["--agency", "Sở Y tế"], Good)).Failed(
            "--agency 'Sở Y tế' is no office of set cchc; allowed: Ủy ban nhân dân tỉnh Bắc Ninh."
        );

    /// <summary>What the report prints is kept, contradictions and all: judging it is for the checks on the ledger.</summary>
    [Theory]
    [InlineData("cchc-2025-forms.csv", 116)]
    [InlineData("cchc-2025-narrative.csv", 30)]
    public async Task Import_TheFiguresOf2025_PassTheDoor(string name, int rows) =>
        Assert.Equal(
            new(0, $"{rows} rows: {rows} recorded, 0 repeated, 0 refused\n", ""),
            await cli.RunAsync("import", Path.Combine(Repository.Root, "seeds", "observations", name), "--set", "cchc")
        );

    [Fact]
    public async Task Import_RateAboveItsRange_SaysRangeAndUnit() =>
        Assert.EndsWith(
            ":2: value '9961' is above 100, the most CC-F303.01 can be: it is wrong, or not in the unit %\n",
            (await cli.ImportAsync([], "CC-F303,CC-F303.01,24,2025,9961,")).Error,
            StringComparison.Ordinal
        );

    [Fact]
    public async Task Import_UnknownSet_NamesThoseThereAre() =>
        (await cli.RunAsync("import", cli.Csv("in.csv", Good), "--set", "cchcc")).Failed(
            "There is no set 'cchcc'; allowed: bac-ninh, cchc, lao-cai, tay-ninh."
        );

    [Fact]
    public async Task Import_FileThatIsNotThere_IsSaid() =>
        (await cli.RunAsync("import", cli.Folder.File("no.csv"), "--set", "cchc")).Failed(
            $"There is no file '{cli.Folder.File("no.csv")}'."
        );

    [Theory]
    [InlineData(
        "in.txt",
        "indicator,measure,area,period,value\n",
        "in.txt: neither .csv nor .xlsx; save it as one of the two; nothing was taken"
    )]
    [InlineData("in.xlsx", "PK no workbook", "; nothing was taken")]
    [InlineData("in.csv", "", "; nothing was taken")]
    [InlineData("in.csv", "indicator,measure\nCC-F101,CC-F101.01\n", "; nothing was taken")]
    public async Task Import_FileThatIsNoReport_IsOneClearLine(string name, string text, string message)
    {
        var result = await cli.RunAsync("import", cli.Folder.Write(name, text), "--set", "cchc");

        result.FailedWith(message);
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task Import_Cancelled_KeepsNothing()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        var result = await cli.RunAsync(["import", cli.Csv("in.csv", Good), "--set", "cchc"], TimeProvider.System, stop.Token);

        result.Failed("Stopped; nothing of what was under way was kept.");
        Assert.Single((await cli.RunAsync("export", "--set", "cchc")).Lines);
    }
}
