using System.Globalization;
using System.Text;
using KpiMetrics.ServerTests.Support;
using KpiMetrics.Tests.Sources.Inbox;

namespace KpiMetrics.ServerTests.Running;

/// <summary>Broken files through the built program, which has 256 MiB: row-by-row refusals or one clear line, the good rows in.</summary>
[Collection(WorkerTests.Name)]
public sealed class BrokenFilesTest : IDisposable
{
    private const string Header = "indicator,measure,area,period,value\n";
    private const string Good = "TN-A01,TN-A01.01,97001,2024-05,12.5\n";

    private readonly Installation installation = new();

    public void Dispose() => installation.Dispose();

    [Theory]
    [InlineData(
        "TN-A01,TN-A01.01,97001,2024-06,1.234",
        "3: value '1.234' could be 1234 or 1.234; write 1234 or 1.2340, or declare the locale"
    )]
    [InlineData("TN-A01,TN-A01.01,97001,2024-13,5", "3: period '2024-13' does not exist: month of 2024 must be in 1..12.")]
    [InlineData("TN-A01,TN-A01.01,97001,2025-02-30,5", "3: period '2025-02-30' does not exist: the calendar has no such day.")]
    [InlineData("TN-A09,TN-A09.01,97001,2024-06,5", "3: indicator 'TN-A09' is not in set thu-nghiem")]
    [InlineData("TN-A01,TN-A01.77,97001,2024-06,5", "3: measure 'TN-A01.77' is not of TN-A01; allowed: TN-A01.01 .. TN-A01.04")]
    [InlineData("TN-A01,TN-A01.01,99999,2024-06,5", "3: no area bears code '99999' on 2024-06-30")]
    [InlineData("TN-A01,TN-A01.01,97001,2024-Q2,5", "3: period '2024-Q2' has frequency Q; TN-A01 is reported at M")]
    public async Task Import_ABadRow_IsRefusedWithItsPlaceAndTheGoodOneIsIn(string row, string expected)
    {
        var file = installation.Write("loi.csv", Header + Good + row + "\n");

        var result = await installation.CommandAsync("import", file, "--set", TestSet.Code);

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith($"{file}:{expected}", Assert.Single(result.Error), StringComparison.Ordinal);
        Assert.Equal((2, 1, 0, 1), result.Counts());
        Assert.Equal("12.5", Assert.Single(await installation.ExportAsync(TestSet.Code), figure => figure.IsReported)["value"]);
    }

    [Fact]
    public async Task Import_AFormulaCell_IsRefusedWithItsAddressAndTheGoodRowIsIn()
    {
        var file = installation.Write("congthuc.xlsx", "");
        using (var workbook = new XlsxFile(file))
        {
            workbook.Sheet(
                "Tháng 5",
                XlsxFile.Header,
                [new("TN-A01"), new("TN-A01.01"), new("97001"), new("2024-05"), XlsxFile.Number(12.5)],
                [new("TN-A01"), new("TN-A01.01"), new("97001"), new("2024-06"), new XlsxFile.Cell("12.5", "n", Formula: "E2*1")]
            );
        }

        var result = await installation.CommandAsync("import", file, "--set", TestSet.Code);

        Assert.Equal(2, result.ExitCode);
        Assert.Equal($"{file}:3: Tháng 5!E3: value is a formula; paste its value instead", Assert.Single(result.Error));
        Assert.Equal((2, 1, 0, 1), result.Counts());
    }

    [Fact]
    public async Task Import_WrongEncoding_IsOneLineAndNothingIsTaken()
    {
        var file = installation.Write("vn.csv", "");
        await File.WriteAllBytesAsync(
            file,
            [
                .. Encoding.UTF8.GetBytes(Header + Good + "TN-A01,TN-A01.01,97001,2024-06,5\n"),
                .. "TN-A02,TN-A02.03,97001,2024-06,B"u8,
                0xE3,
                0x6F,
                0x0A,
            ],
            TestContext.Current.CancellationToken
        );

        await NothingIsTakenAsync(file, "vn.csv:4: ", "UTF-8");
    }

    [Fact]
    public async Task Import_HalfAWorkbook_IsOneLineAndNothingIsTaken()
    {
        var file = installation.Write("nua.xlsx", "");
        using (var workbook = new XlsxFile(file))
            workbook.Sheet(
                "S",
                XlsxFile.Header,
                [new("TN-A01"), new("TN-A01.01"), new("97001"), new("2024-05"), XlsxFile.Number(1)]
            );
        using (var half = File.Open(file, FileMode.Open))
            half.SetLength(half.Length / 2);

        await NothingIsTakenAsync(file, "nua.xlsx");
    }

    [Fact]
    public async Task Import_OneLineOfTwoGigabytes_IsOneLineAndNothingIsTaken()
    {
        // Sparse: the letters at its beginning are more than a line may have, the rest is a hole in the disk.
        var file = installation.Write("dai.csv", Header + Good + new string('a', 200_000));
        using (var stream = File.Open(file, FileMode.Open))
            stream.SetLength(2L * 1024 * 1024 * 1024);

        await NothingIsTakenAsync(file, "dai.csv:3: ");
    }

    [Fact]
    public async Task Import_200000RowsEveryTenthBad_TakesTheOthers()
    {
        var sets = Directory.CreateDirectory($"{installation.Data}-sets").FullName;
        await File.WriteAllTextAsync(Path.Combine(sets, "mua.yaml"), Hourly, TestContext.Current.CancellationToken);
        var text = new StringBuilder(Header);
        var first = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);
        for (var row = 1; row <= 200_000; row++)
        {
            var hour = first.AddHours(row / 4);
            var value = row % 10 == 0 ? "1.234" : string.Create(CultureInfo.InvariantCulture, $"{row % 97}");
            text.Append(CultureInfo.InvariantCulture, $"MU-A01,MU-A01.0{row % 4 + 1},97,{hour:yyyy-MM-dd'T'HH},{value}\n");
        }
        var file = installation.Write("to.csv", text.ToString());

        var result = await installation.CommandAsync("import", file, "--set", "mua", "--sets", sets);

        Assert.Equal(2, result.ExitCode);
        Assert.Equal((200_000, 180_000, 0, 20_000), result.Counts());
        Assert.Equal(20_000, result.Error.Count);
        var exported = await installation.DoAsync("export", "--set", "mua", "--sets", sets);
        Assert.Equal(180_001, exported.Count);
    }

    [Fact]
    public async Task Inbox_BrokenFilesAmongGoodOnes_AreSetAsideAndTheWorkerGoesOn()
    {
        await using var worker = await installation.RunUntilUpAsync("--Inbox:SettleSeconds=0");
        installation.Drop(TestSet.Code, "1-rac.xlsx", "không phải là tệp Excel");
        installation.Drop(TestSet.Code, "2-loi.csv", Header + Good + "TN-A01,TN-A01.01,97002,2024-05,1.234\n");
        installation.Drop(TestSet.Code, "3-trong.csv", "");
        installation.Drop(TestSet.Code, "4-dai.csv", Header + new string('a', 200_000));
        installation.Drop(TestSet.Code, "5-tot.csv", Header + Good.Replace("2024-05", "2024-06", StringComparison.Ordinal));

        await installation.AllCollectedAsync(TestSet.Code, worker);

        Assert.Equal(2, (await installation.ExportAsync(TestSet.Code)).Count(figure => figure.IsReported));
        var refused = Directory.GetFiles(
            Path.Combine(installation.Inbox(TestSet.Code), "refused"),
            "*.reason.txt",
            SearchOption.AllDirectories
        );
        Assert.Equal(3, refused.Length);
        var beside = Assert.Single(
            installation.Archived(TestSet.Code),
            name => name.EndsWith(".refused.csv", StringComparison.Ordinal)
        );
        Assert.Contains(
            "Số viết sai hoặc có thể hiểu theo hai cách",
            await File.ReadAllTextAsync(beside, TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        Assert.False(worker.HasExited);
    }

    private async Task NothingIsTakenAsync(string file, params string[] said)
    {
        var result = await installation.CommandAsync("import", file, "--set", TestSet.Code);

        Assert.Equal(1, result.ExitCode);
        var line = Assert.Single(result.Error);
        Assert.All(said, text => Assert.Contains(text, line, StringComparison.Ordinal));
        Assert.Empty(await installation.ExportAsync(TestSet.Code));
    }

    private const string Hourly = """
        set: mua
        name: Lượng mưa
        authority: UBND tỉnh Thử
        decision: 2/QĐ-UBND
        date: 2020-01-01
        prefix: MU
        areas: {level: province, within: "97"}
        regime:
          - {from: 2020-01-01, windows: calendar}
        groups:
          - code: A
            name: NHÓM A
            indicators:
              - code: MU-A01
                number: "1"
                name: Lượng mưa
                agency: Sở Nông nghiệp
                frequencies: [H]
                measures:
                  - {code: MU-A01.01, name: Trạm 1, unit: mm, kind: flow, aggregation: none}
                  - {code: MU-A01.02, name: Trạm 2, unit: mm, kind: flow, aggregation: none}
                  - {code: MU-A01.03, name: Trạm 3, unit: mm, kind: flow, aggregation: none}
                  - {code: MU-A01.04, name: Trạm 4, unit: mm, kind: flow, aggregation: none}

        """;
}
