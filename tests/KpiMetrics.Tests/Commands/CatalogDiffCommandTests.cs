using System.Globalization;
using System.Text.Json;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Commands;

/// <summary>A set's next version: shown before it is used, and what it leaves as it was.</summary>
public sealed class CatalogDiffCommandTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task Diff_NextVersionBeforeItsDay_ShowsEveryChangeAndLeavesThePast()
    {
        var result = await DiffAsync();

        Assert.Equal((0, ""), (result.Exit, result.Error));
        Assert.Equal(
            [
                "demo",
                "  set        decision      1/QĐ-UBND, 2024-01-01, UBND tỉnh -> 2/QĐ-UBND, 2026-05-15, UBND tỉnh",
                "  set        regime        calendar: 2027-01 is 2027-01-01 to 2027-01-31 -> cutoff-15: 2027-01 is 2026-12-15 to 2027-01-14, from 2027-01-01",
                "  DM-A01     renamed       Cây lúa -> Cây lúa nước, from 2026-07-01",
                "  DM-A01.02  added         Diện tích, from 2026-07-01",
                "  DM-A02     retired       after 2026-06-30",
                "  DM-A03     agency        Sở Tài chính -> Sở Kế hoạch, from 2026-07-01",
                "  DM-A03     frequency     M -> Q, from 2026-07-01",
                "  DM-A04     added         Đàn gia súc, from 2026-07-01",
                "  DM-A02     replaced-by   DM-A04, from 2026-07-01",
                "  DM-A02.01  continued-by  DM-A04.01, from 2026-07-01",
                "10 changes, none changes the past",
            ],
            result.Lines
        );
    }

    [Fact]
    public async Task Diff_Json_HasTheSameChanges()
    {
        using var json = JsonDocument.Parse((await DiffAsync("--json")).Out);

        Assert.Equal(10, json.RootElement.GetArrayLength());
        var renamed = json.RootElement[2];
        Assert.Equal(
            "demo DM-A01 renamed Cây lúa Cây lúa nước 2026-07-01",
            string.Join(' ', renamed.EnumerateObject().Take(6).Select(property => property.Value.GetString()))
        );
        Assert.Equal(JsonValueKind.Null, renamed.GetProperty("warning").ValueKind);
        Assert.Equal(JsonValueKind.Null, json.RootElement[0].GetProperty("code").ValueKind);
    }

    [Fact]
    public async Task Diff_PartsLeftOutInsteadOfRetired_WarnsForThePast()
    {
        Write("old", NextVersion.Old);
        Write(
            "new",
            NextVersion
                .Old[..NextVersion.Old.IndexOf("      - code: DM-A03", StringComparison.Ordinal)]
                .Replace("unit: Tấn", "unit: Tạ", StringComparison.Ordinal)
        );

        var result = await cli.RunAsync("catalog", "diff", cli.Folder.File("old"), cli.Folder.File("new"));

        Assert.Equal(0, result.Exit);
        Assert.Contains("  DM-A01.01  unit  Tấn -> Tạ", result.Lines);
        Assert.Contains("  DM-A03     gone  Tiến độ", result.Lines);
        Assert.Equal(2, result.Lines.Count(line => line.Contains("  WARNING: ", StringComparison.Ordinal)));
        Assert.Equal("2 changes, 2 with a WARNING for the past", result.Lines[^1]);
    }

    [Fact]
    public async Task Diff_EventThatIsNew_IsAChangeOfTheSetAndNoneOfThePast()
    {
        Write("old", NextVersion.Old);
        Write("new", NextVersion.Old + "events: [{name: Bão số 3 (Yagi), from: 2024-09-07, to: 2024-09-15, areas: [\"99\"]}]\n");

        var result = await cli.RunAsync("catalog", "diff", cli.Folder.File("old"), cli.Folder.File("new"));

        Assert.Equal(
            ["demo", "  set  event  \"Bão số 3 (Yagi)\" 2024-09-07 to 2024-09-15, areas 99", "1 change, none changes the past"],
            result.Lines
        );
    }

    [Theory]
    [InlineData("old", "old")]
    [InlineData("old/demo.yaml", "old/demo.yaml")]
    public async Task Diff_SameVersion_SaysSo(string old, string next)
    {
        Write("old", NextVersion.Old);

        Assert.Equal(
            new(0, "No changes.\n", ""),
            await cli.RunAsync("catalog", "diff", cli.Folder.File(old), cli.Folder.File(next))
        );
    }

    [Fact]
    public async Task Diff_FileBesideFolder_IsComparedWithItsOwnSetOnly()
    {
        var file = cli.Folder.Write(
            "cchc.yaml",
            await File.ReadAllTextAsync(Path.Combine(Repository.Root, "seeds/cchc.yaml"), Token)
        );
        var seeds = Path.Combine(Repository.Root, "seeds");

        Assert.Equal(new(0, "No changes.\n", ""), await cli.RunAsync("catalog", "diff", seeds, file));
        Assert.Equal(new(0, "No changes.\n", ""), await cli.RunAsync("catalog", "diff", file, seeds));
    }

    [Fact]
    public async Task Diff_NewVersionWithFaults_NamesThemAndFails()
    {
        Write("old", NextVersion.Old);
        Write(
            "new",
            NextVersion.Next.Replace(
                "to: 2026-06-30\n        measures",
                "to: 2026-07-01\n        measures",
                StringComparison.Ordinal
            )
        );

        var result = await cli.RunAsync("catalog", "diff", cli.Folder.File("old"), cli.Folder.File("new"));

        result.FailedWith("'DM-A02' is in force to 2026-07-01, but 'DM-A04' begins on 2026-07-01");
    }

    [Fact]
    public async Task Diff_PathThatIsNotThere_IsSaid() =>
        (await cli.RunAsync("catalog", "diff", "/no/such", "/no/such")).Failed("'/no/such' is neither a file nor a folder.");

    [Fact]
    public async Task NextVersion_TakesTheOldOnesPlace_EarlierFiguresAndComparisonsStayAsTheyWere()
    {
        Write("sets", NextVersion.Old);
        var lines = Months(2024, 30).SelectMany(Row).ToArray();
        await TakesAsync(lines, $"{lines.Length} rows: {lines.Length} recorded, 0 repeated, 0 refused");
        var (all, before) = (await ExportAsync(), await ExportAsync("--to", "2026-06"));
        Assert.Equal(all, before);
        using (var json = JsonDocument.Parse(before))
        {
            Assert.Equal(90, json.RootElement.GetArrayLength());
            Assert.Equal(
                18 * 3,
                json.RootElement.EnumerateArray().Count(row => row.GetProperty("yoy").ValueKind == JsonValueKind.Number)
            );
        }

        Write("sets", NextVersion.Next);

        // What went on under another name or frequency is there besides; what was there is as it was.
        Assert.Equal(Rows(before), Rows(await ExportAsync()).Where(row => Rows(before).Contains(row)));
        await TakesAsync(
            ["DM-A04,DM-A04.01,99,2026-07,5000,", "DM-A01,DM-A01.02,99,2026-08,7,", "DM-A03,DM-A03.01,99,2026-Q3,51.5,"],
            "3 rows: 3 recorded, 0 repeated, 0 refused"
        );
        Assert.Equal(Rows(before), Rows(await ExportAsync("--to", "2026-06")).Where(row => Rows(before).Contains(row)));
        Assert.Equal(93, Rows(await ExportAsync()).Count(row => !row.Contains("\"computed\"", StringComparison.Ordinal)));

        static List<string> Rows(string json) =>
            [.. JsonDocument.Parse(json).RootElement.EnumerateArray().Select(row => row.GetRawText())];
    }

    [Fact]
    public async Task NextVersion_FiguresOfTheOtherVersionsDays_AreRefusedAndLateOnesTaken()
    {
        Write("sets", NextVersion.Next);
        string[] lines =
        [
            "DM-A02,DM-A02.01,99,2026-07,1,",
            "DM-A04,DM-A04.01,99,2026-06,1,",
            "DM-A01,DM-A01.02,99,2026-06,1,",
            "DM-A03,DM-A03.01,99,2026-07,1,",
            "DM-A03,DM-A03.01,99,2026-Q2,1,",
            "DM-A02,DM-A02.01,99,2026-06,1,",
            "DM-A03,DM-A03.01,99,2026-06,1,",
        ];

        var result = await cli.RunAsync("import", cli.Csv("in.csv", lines), "--set", "demo", "--sets", cli.Folder.File("sets"));

        var file = cli.Folder.File("in.csv");
        Assert.Equal(2, result.Exit);
        Assert.Equal("7 rows: 2 recorded, 0 repeated, 5 refused\n", result.Out);
        Assert.Equal(
            [
                $"{file}:2: period '2026-07' begins on 2026-07-01; DM-A02 is in force to 2026-06-30",
                $"{file}:3: period '2026-06' begins on 2026-06-01; DM-A04 is in force from 2026-07-01 on",
                $"{file}:4: period '2026-06' begins on 2026-06-01; DM-A01.02 is in force from 2026-07-01 on",
                $"{file}:5: period '2026-07' has frequency M; DM-A03 is reported at Q",
                $"{file}:6: period '2026-Q2' has frequency Q; DM-A03 was reported at M on 2026-04-01",
            ],
            result.Error.TrimEnd('\n').Split('\n')
        );
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Task<CliResult> DiffAsync(params string[] options)
    {
        Write("old", NextVersion.Old);
        Write("new", NextVersion.Next);
        var earlier = new ManualClock(new(2026, 5, 20, 8, 0, 0, TimeSpan.FromHours(7)));
        return cli.RunAsync(["catalog", "diff", cli.Folder.File("old"), cli.Folder.File("new"), .. options], earlier, Token);
    }

    private void Write(string folder, string set)
    {
        cli.Folder.Write($"{folder}/demo.yaml", set);
        cli.Folder.Write($"{folder}/areas/demo.yaml", NextVersion.Areas);
    }

    private static IEnumerable<string> Months(int year, int count) =>
        Enumerable
            .Range(0, count)
            .Select(at => new DateOnly(year, 1, 1).AddMonths(at).ToString("yyyy-MM", CultureInfo.InvariantCulture));

    private static IEnumerable<string> Row(string month, int at) =>
        [
            $"DM-A01,DM-A01.01,99,{month},{100 + at * at % 17},",
            $"DM-A02,DM-A02.01,99,{month},{3000 + at},",
            $"DM-A03,DM-A03.01,99,{month},{40 + at % 7},",
        ];

    private async Task TakesAsync(string[] lines, string summary)
    {
        var file = cli.Csv("in.csv", lines);
        var result = await cli.RunAsync("import", file, "--set", "demo", "--sets", cli.Folder.File("sets"), "--locale", "en");
        Assert.Equal(new(0, summary + "\n", ""), result);
    }

    private async Task<string> ExportAsync(params string[] options) =>
        (await cli.RunAsync(["export", "--set", "demo", "--sets", cli.Folder.File("sets"), "--format", "json", .. options])).Out;
}
