using System.Text.Json;
using KpiMetrics.Core.Periods;
using KpiMetrics.Tests.Quality.Detectors;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Commands;

/// <summary>The figures of Bắc Ninh's report on administrative reform of 2025, each finding compared by hand with the document.</summary>
public sealed class CheckCommandTests : IDisposable
{
    private static readonly string[] OfForms =
    [
        "not-computable CC-F104.02 100 -",
        "not-computable CC-F202.02 0 -",
        "not-computable CC-F203.02 0 -",
        "identity-ratio CC-F303.01 99.61 98.6005",
        "identity-equal CC-F602.01 1408 1357.0000",
    ];

    private static readonly string[] FieldsOfFindings =
    [
        "code",
        "verdict",
        "set",
        "indicator",
        "measure",
        "subject",
        "area",
        "period",
        "place",
        "stated",
        "recomputed",
        "difference",
        "unit",
        "inputs",
        "source",
        "origin",
        "vietnamese",
    ];

    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task Check_Forms2025_ListsEachPlaceWhereTheyContradictThemselvesAndNoOther()
    {
        await FormsAsync();

        Assert.Equal(OfForms, await FindingsAsync());
    }

    [Fact]
    public async Task Check_FormsAndNarrative2025_AddsWhereTheTwoDiffer()
    {
        await FormsAsync();
        await NarrativeAsync();

        Assert.Equal(
            [
                OfForms[0],
                "sources-differ CC-F201.01 195 210.0000",
                OfForms[1],
                OfForms[2],
                "sources-differ CC-F302.03 2173 2176.0000",
                OfForms[3],
                "sources-differ CC-F303.01 99.61 98.6000",
                "sources-differ CC-F502.04 1739 778.0000",
                OfForms[4],
                "sources-differ CC-F706.01 99.55 97.0000",
                "sources-differ CC-F706.02 1125 989.0000",
                "sources-differ CC-F706.03 1120 959.0000",
            ],
            await FindingsAsync()
        );
    }

    [Fact]
    public async Task Check_Json_HasEveryFieldOfAFinding()
    {
        await FormsAsync();

        using var json = JsonDocument.Parse((await CheckAsync("--json", "--measure", "CC-F303.01")).Out);

        var found = Assert.Single(json.RootElement.EnumerateArray());
        Assert.Equal(FieldsOfFindings, found.EnumerateObject().Select(field => field.Name));
        Assert.Equal("99.61", found.GetProperty("stated").GetRawText());
        Assert.Equal(["CC-F303.03 151619", "CC-F303.02 153771"], found.GetProperty("inputs").EnumerateArray().Select(Input));
        Assert.Equal(("contradiction", "24", "2025"), (Text(found, "verdict"), Text(found, "area"), Text(found, "period")));
    }

    [Fact]
    public async Task Check_UntestableInJson_IsListedWithItsReasonInTheNamesOfFindings()
    {
        await FormsAsync();

        using var json = JsonDocument.Parse((await CheckAsync("--json", "--untestable", "--measure", "CC-F106.01")).Out);

        var told = Assert.Single(json.RootElement.EnumerateArray());
        Assert.Equal([.. FieldsOfFindings, "series", "points"], told.EnumerateObject().Select(field => field.Name));
        Assert.Equal(
            ("coded-answers", "untestable", "cchc/CC-F106.01/24@2025-07-01", "2025", "1", 0),
            (
                Text(told, "code"),
                Text(told, "verdict"),
                Text(told, "series"),
                Text(told, "period"),
                told.GetProperty("stated").GetRawText(),
                told.GetProperty("points").GetInt32()
            )
        );
        Assert.Equal("Không kiểm tra: câu trả lời được mã hóa, không phải số đo.", Text(told, "vietnamese"));
        Assert.Empty(await FindingsAsync("--measure", "CC-F106.01"));
    }

    [Fact]
    public async Task Check_UntestableAskedFor_ComesBesideTheFindings()
    {
        await FormsAsync();

        var all = JsonElement.Parse((await CheckAsync("--json", "--untestable")).Out).EnumerateArray().ToList();
        var text = await CheckAsync("--untestable");

        Assert.Equal(116, all.Count(one => Text(one, "verdict") == "untestable"));
        Assert.Equal(OfForms, all.Where(one => Text(one, "verdict") != "untestable").Select(Summary));
        var from = Array.IndexOf(text.Lines, "CHƯA KIỂM TRA ĐƯỢC");
        var row = Array.IndexOf(text.Lines, "  Biểu mẫu 3, hàng 3.1.1 (CC-F303.02), năm 2025, Tỉnh Bắc Ninh");
        Assert.InRange(from, 1, row);
        Assert.Equal("    Chưa kiểm tra được: mới có 0 kỳ số liệu trước đó.", text.Lines[row + 1]);
    }

    [Fact]
    public async Task Check_ForPeople_IsABlockForEachFindingAndTheCounts()
    {
        await FormsAsync();

        var result = await CheckAsync();

        Assert.Equal((0, ""), (result.Exit, result.Error));
        Assert.Equal("MÂU THUẪN", result.Lines[0]);
        Assert.Equal(
            [
                "  Biểu mẫu 3, hàng 3.1 (CC-F303.01), năm 2025, Tỉnh Bắc Ninh: nêu 99,61, tính lại 98,6005, chênh 1,0095",
                "    Biểu mẫu 3, hàng 3.1 nêu 99,61 % nhưng tính từ hàng 3.1.2 (151.619) chia hàng 3.1.1 (153.771) được 98,60 %.",
                "    Căn cứ: Biểu mẫu 3, hàng 3.1: tỷ lệ = 3.1.2 / 3.1.1",
            ],
            result.Lines[2..5]
        );
        Assert.True(Array.IndexOf(result.Lines, "KHÔNG TÍNH ĐƯỢC") > Array.IndexOf(result.Lines, "MÂU THUẪN"));
        Assert.Equal(
            [
                "2 mâu thuẫn, 3 không tính được, 31 phép kiểm khớp",
                "So với các kỳ trước: 0 đáng ngờ trong 0 số liệu, 116 chưa so được (110 vì quá ít kỳ trước, 6 vì là câu trả lời được mã hóa)",
            ],
            result.Lines[^2..]
        );
    }

    [Fact]
    public async Task Check_AtAnInstantBeforeTheNarrative_KnowsOnlyTheForms()
    {
        await FormsAsync();
        await NarrativeAsync();

        Assert.Equal(OfForms, await FindingsAsync("--at", "2025-12-21"));
        Assert.Empty(await FindingsAsync("--at", "2025-12-19"));
    }

    [Fact]
    public async Task Check_AnInputNotReported_IsSaidToBeUntested()
    {
        var file = cli.Csv("part.csv", "CC-F303,CC-F303.01,24,2025,98.60,", "CC-F303,CC-F303.02,24,2025,153771,");
        Assert.Equal(0, (await cli.RunAsync("import", file, "--set", "cchc")).Exit);

        Assert.Equal(
            "0 mâu thuẫn, 0 không tính được, 0 phép kiểm khớp, 1 chưa kiểm được vì thiếu số liệu\n"
                + "So với các kỳ trước: 0 đáng ngờ trong 0 số liệu, 1 chưa so được (1 vì quá ít kỳ trước)\n",
            (await CheckAsync("--measure", "CC-F303.01")).Out
        );
    }

    [Fact]
    public async Task Check_OtherAreaOrIndicator_FindsNothing()
    {
        await FormsAsync();

        Assert.Equal("0 mâu thuẫn, 0 không tính được, 0 phép kiểm khớp\n", (await CheckAsync("--area", "27")).Out);
        Assert.Empty(await FindingsAsync("--indicator", "CC-F101"));
        Assert.Equal([OfForms[3]], await FindingsAsync("--indicator", "CC-F303", "--area", "24"));
    }

    [Fact]
    public async Task Check_AWrongUnitAfterTheMerger_IsSuspectedBesideTheSumOfBothOldProvinces()
    {
        var rows = new List<string>();
        for (var month = Period.Parse("2022-01"); month <= Period.Parse("2025-10"); month = month.Shift(1))
        {
            var total = Growing.At(month);
            (string Area, decimal Value)[] said =
                month < Period.Parse("2025-07") ? [("24", 0.4m * total), ("27", 0.6m * total)] : [("24", total)];
            var factor = month == Period.Parse("2025-10") ? 1000m : 1m;
            rows.AddRange(
                said.Select(one => FormattableString.Invariant($"BN-07,BN-07.01,{one.Area},{month},{one.Value * factor:0.00},"))
            );
        }
        var file = cli.Csv("ban-le.csv", [.. rows]);
        Assert.Equal(0, (await cli.RunAsync("import", file, "--set", "bac-ninh")).Exit);

        var result = await cli.RunAsync("check", "--set", "bac-ninh");

        Assert.Equal("ĐÁNG NGỜ", result.Lines[0]);
        Assert.StartsWith(
            "  BN-07.01 \"Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng\" (BN-07.01), tháng 10/2025, Tỉnh Bắc Ninh: nêu 1.264.000,00, dự kiến ",
            result.Lines[2],
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "cao gấp khoảng 1.000 lần cùng kỳ năm 2024 (1.150,00): nghi nhầm đơn vị tính.",
            result.Lines[3],
            StringComparison.Ordinal
        );
        Assert.Equal(
            [
                "0 mâu thuẫn, 0 không tính được, 0 phép kiểm khớp",
                "So với các kỳ trước: 1 đáng ngờ trong 28 số liệu, 0 chưa so được",
            ],
            result.Lines[^2..]
        );
        var json = JsonElement.Parse((await cli.RunAsync("check", "--set", "bac-ninh", "--json")).Out);
        var found = Assert.Single(json.EnumerateArray());
        Assert.Equal(("unit-slip", "suspicion"), (Text(found, "code"), Text(found, "verdict")));
    }

    [Theory]
    [InlineData("--measure", "XX", "--measure 'XX' is not in set cchc; 'catalog list --set cchc' shows its codes.")]
    [InlineData("--indicator", "XX", "--indicator 'XX' is not in set cchc; 'catalog list --set cchc' shows its codes.")]
    [InlineData("--area", "XX", "--area 'XX': no area bears or bore this code.")]
    public async Task Check_UnknownCode_FailsWithOneLine(string option, string code, string message) =>
        (await CheckAsync(option, code)).Failed(message);

    [Fact]
    public async Task Check_UnknownSetOrInstant_Fails()
    {
        (await cli.RunAsync("check", "--set", "nowhere")).FailedWith("There is no set 'nowhere'");
        (await CheckAsync("--at", "hôm qua")).FailedWith("--at 'hôm qua' is no instant");
    }

    private Task FormsAsync() => ImportAsync("forms", "2025-12-20");

    private Task NarrativeAsync() => ImportAsync("narrative", "2025-12-22");

    private async Task ImportAsync(string source, string at)
    {
        var file = Path.Combine(Repository.Root, "seeds", "observations", $"cchc-2025-{source}.csv");
        var result = await cli.RunAsync("import", file, "--set", "cchc", "--source", source, "--received-at", at);
        Assert.Equal((0, ""), (result.Exit, result.Error));
    }

    private Task<CliResult> CheckAsync(params string[] options) => cli.RunAsync(["check", "--set", "cchc", .. options]);

    private async Task<IEnumerable<string>> FindingsAsync(params string[] options)
    {
        var result = await CheckAsync(["--json", .. options]);
        Assert.Equal((0, ""), (result.Exit, result.Error));
        using var json = JsonDocument.Parse(result.Out);
        return [.. json.RootElement.EnumerateArray().Select(Summary)];
    }

    private static string Summary(JsonElement found)
    {
        var recomputed = found.GetProperty("recomputed");
        var rounded =
            recomputed.ValueKind == JsonValueKind.Null ? "-" : FormattableString.Invariant($"{recomputed.GetDecimal():F4}");
        return $"{Text(found, "code")} {Text(found, "measure")} {found.GetProperty("stated").GetRawText()} {rounded}";
    }

    private static string Input(JsonElement input) => $"{Text(input, "measure")} {input.GetProperty("value").GetRawText()}";

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
