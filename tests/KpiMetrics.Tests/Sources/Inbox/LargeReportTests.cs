using KpiMetrics.Pipeline.Sources.Inbox;
using KpiMetrics.Tests.Support;
using static KpiMetrics.Tests.Sources.Inbox.Reading;

namespace KpiMetrics.Tests.Sources.Inbox;

/// <summary>Alone, as others would add to the memory measured.</summary>
[Collection(nameof(LargeReportTests))]
[CollectionDefinition(nameof(LargeReportTests), DisableParallelization = true)]
public sealed class LargeReportTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "5")]
    [InlineData(Header, "5")]
    [InlineData(Header, ",")]
    [InlineData(Header, " ")]
    [InlineData(Header + "a,b,c,2026,\"", "5\n")]
    public async Task Csv_OneLineOf2GB_IsGivenUpEarlyInLittleMemory(string start, string piece)
    {
        using var stream = new GeneratedStream(start, piece, 2L * 1024 * 1024 * 1024 / piece.Length);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        Assert.Contains("more than 65536 characters", await Broken(stream, "a.csv"), StringComparison.Ordinal);
        Assert.InRange(stream.Position, 0, 256 * 1024);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 16 * 1024 * 1024);
    }

    [Fact]
    public async Task Csv_200000Rows_StreamInFlatMemory()
    {
        const int count = 200_000;
        using var stream = new GeneratedStream(Header, "LC-A01,LC-A01.03,24,2026-11,\"1.155.106,5\"\n", count);
        await using var report = await ReportFile.OpenAsync(stream, "a.csv", null, Token);
        var (rows, peak) = (0, 0L);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await foreach (var row in report.ReadAsync(Token))
        {
            Assert.Equal(++rows + 1, row.Line);
            if (rows % 50_000 == 0)
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true) - before);
        }
        Assert.Equal(count, rows);
        Assert.InRange(peak, long.MinValue, 4 * 1024 * 1024);
    }

    [Fact]
    public async Task Xlsx_200000Rows_StreamInFlatMemory()
    {
        const int count = 200_000;
        using var folder = new TempFolder();
        var path = folder.File("a.xlsx");
        using (var file = new XlsxFile(path))
        {
            file.Sheet(
                "Số liệu",
                Enumerable
                    .Range(0, count)
                    .Select(row =>
                        new XlsxFile.Cell[]
                        {
                            new("LC-A01"),
                            new("LC-A01.03"),
                            new("24"),
                            new("2026-11"),
                            XlsxFile.Number(row + 0.25),
                        }
                    )
                    .Prepend(XlsxFile.Header)
            );
        }
        await using var report = await ReportFile.OpenAsync(path, null, Token);
        var (rows, peak) = (0, 0L);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await foreach (var row in report.ReadAsync(Token))
        {
            Assert.Equal(++rows + 1, row.Line);
            if (rows % 50_000 == 0)
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true) - before);
        }
        Assert.Equal(count, rows);
        Assert.InRange(peak, long.MinValue, 4 * 1024 * 1024);
    }

    [Fact]
    public async Task Xlsx_Bomb_IsRefusedBeforeItIsUnpacked()
    {
        using var folder = new TempFolder();
        var path = folder.File("a.xlsx");
        using (var file = new XlsxFile(path))
            file.Sheet("Sheet1", [XlsxFile.Header]);
        XlsxFile.Replace(
            path,
            "xl/worksheets/sheet1.xml",
            new GeneratedStream("<worksheet><sheetData>", "<row></row>", 3_000_000)
        );
        var before = GC.GetTotalAllocatedBytes(precise: true);
        using var stream = File.OpenRead(path);
        Assert.Contains("unpacks to more than", await Broken(stream, "a.xlsx"), StringComparison.Ordinal);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 16 * 1024 * 1024);
    }

    [Theory]
    [InlineData("<worksheet><sheetData><row><c t=\"str\"><v>", "0123456789abcdef")]
    [InlineData("<worksheet><sheetData><row r=\"", "0123456789abcdef")]
    [InlineData("<worksheet><sheetData><row><c t=\"str\"><v><![CDATA[", "<<<<<<<<<<<<<<<<")]
    public async Task Xlsx_EndlessCell_IsGivenUpEarlyInLittleMemory(string start, string piece)
    {
        using var folder = new TempFolder();
        var path = folder.File("a.xlsx");
        using (var file = new XlsxFile(path))
            file.Sheet("Sheet1", [XlsxFile.Header]);
        XlsxFile.Replace(path, "xl/worksheets/sheet1.xml", new GeneratedStream(start, piece, 200_000));
        var before = GC.GetTotalAllocatedBytes(precise: true);
        using var stream = File.OpenRead(path);
        await Broken(stream, "a.xlsx");
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 16 * 1024 * 1024);
    }
}
