namespace KpiMetrics.Tests.Commands;

public sealed class ExportOutTests : IDisposable
{
    private readonly Cli cli = new();

    private string Target => cli.Folder.File("out/a b.csv");

    public ExportOutTests() => cli.Folder.Write("out/keep.txt", "");

    public void Dispose() => cli.Dispose();

    [Theory]
    [InlineData("csv")]
    [InlineData("sdmx-csv")]
    [InlineData("json")]
    public async Task Out_AText_IsWhatStandardOutputWouldHaveBeen(string format)
    {
        await cli.ImportAsync([], "CC-F101,CC-F101.01,24,2025,60,");
        var shown = await cli.RunAsync("export", "--set", "cchc", "--format", format);

        Assert.Equal(new(0, "", ""), await ExportAsync(format));

        Assert.Equal(shown.Out, await File.ReadAllTextAsync(Target, TestContext.Current.CancellationToken));
        Assert.NotEqual(0xEF, (await File.ReadAllBytesAsync(Target, TestContext.Current.CancellationToken))[0]);
        Assert.Equal(["a b.csv", "keep.txt"], Files());
    }

    [Fact]
    public async Task Out_AnOlderFile_IsReplaced()
    {
        cli.Folder.Write("out/a b.csv", new string('x', 10_000));

        Assert.Equal(0, (await ExportAsync("csv")).Exit);

        Assert.StartsWith(
            "set,indicator,",
            await File.ReadAllTextAsync(Target, TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        Assert.True(new FileInfo(Target).Length < 1000);
    }

    [Fact]
    public async Task Out_AFailure_LeavesTheOlderFileAndNothingElse()
    {
        cli.Folder.Write("out/a b.csv", "older");
        await FormSets.ImportAsync(cli, FormSets.HoursOf(16_382));

        (await FormSets.ExportAsync(cli, "--format", "xlsx", "--out", Target)).Failed(
            $"xlsx: sheet '{FormSets.Hours}' needs 16385 columns, of which a sheet has at most 16384; export fewer periods with --from, --to or --freq."
        );

        Assert.Equal("older", await File.ReadAllTextAsync(Target, TestContext.Current.CancellationToken));
        Assert.Equal(["a b.csv", "keep.txt"], Files());
        var narrower = await FormSets.ExportAsync(cli, "--format", "xlsx", "--from", "2024-01-01T01", "--out", Target);
        Assert.Equal(new(0, "", ""), narrower);
        using var book = Workbook.Open(Target);
        Assert.EndsWith("|<1>", book.Table(FormSets.Hours)[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Out_NoFile_SaysWhatIsWrong()
    {
        var folder = cli.Folder.File("out");
        (await ExportAsync("csv", folder)).Failed($"--out '{folder}' is a folder; the name of a file is needed.");
        (await ExportAsync("csv", folder + "/x/")).Failed($"--out '{folder}/x/' is a folder; the name of a file is needed.");
        (await ExportAsync("csv", folder + "/x/a.csv")).Failed($"--out '{folder}/x/a.csv': there is no folder '{folder}/x'.");
        (await ExportAsync("csv", " ")).Failed("--out is ' '; the name of a file is needed.");
        (await ExportAsync("csv", "/dev/null")).Failed("--out '/dev/null' is a device; redirect standard output instead.");
        Assert.Equal(["keep.txt"], Files());
    }

    [Fact]
    public async Task Xlsx_OnAScreen_IsRefused() =>
        (await cli.RunAsync("export", "--set", "cchc", "--format", "xlsx")).Failed(
            "--format xlsx is no text to show on a screen; name a file with --out FILE, or redirect standard output."
        );

    [Fact]
    public async Task Xlsx_RedirectedOutput_IsTheWorkbook()
    {
        using var bytes = new MemoryStream();
        cli.RedirectedTo = bytes;

        Assert.Equal(new(0, "", ""), await cli.RunAsync("export", "--set", "cchc", "--format", "xlsx"));

        using var book = Workbook.Open(new MemoryStream(bytes.ToArray()));
        Assert.Equal("So sánh", book.SheetNames[^1]);
    }

    private Task<CliResult> ExportAsync(string format, string? to = null) =>
        cli.RunAsync("export", "--set", "cchc", "--format", format, "--out", to ?? Target);

    private IEnumerable<string> Files() =>
        Directory
            .EnumerateFileSystemEntries(cli.Folder.File("out"))
            .Select(path => Path.GetFileName(path))
            .Order(StringComparer.Ordinal);
}
