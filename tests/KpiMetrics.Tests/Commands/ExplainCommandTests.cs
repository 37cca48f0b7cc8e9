using System.Text.Json;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Commands;

public sealed class ExplainCommandTests : IDisposable
{
    private const string Sets = """
        set: demo
        name: Bộ chỉ số
        authority: UBND tỉnh
        decision: "1/QĐ-UBND"
        date: 2025-10-08
        prefix: DM
        areas: {level: province, within: "24"}
        regime:
          - {from: 2020-01-01, windows: calendar, origin: Điều 3}
        sources: [so, huyen]
        groups:
          - code: A
            name: NHÓM A
            indicators:
              - code: DM-A01
                number: "1"
                name: Cây lúa
                agency: Sở Nông nghiệp và Môi trường
                frequencies: [D, M]
                measures:
                  - {code: DM-A01.01, name: Sản lượng, kind: flow, aggregation: sum, unit: Tấn}
                  - code: DM-A01.02
                    name: Theo giống
                    kind: flow
                    aggregation: sum
                    subjects: [{code: lua, name: Cây lúa}, {code: ngo, name: Cây ngô}]

        """;

    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task Explain_ARealFigureOfTwoSources_TellsBothAndTheDecision()
    {
        foreach (var (source, day) in ((string, string)[])[("forms", "2025-12-20"), ("narrative", "2025-12-21")])
        {
            var file = Path.Combine(Repository.Root, "seeds", "observations", $"cchc-2025-{source}.csv");
            await cli.RunAsync("import", file, "--set", "cchc", "--source", source, "--received-at", day);
        }

        var result = await cli.RunAsync("explain", "cchc/CC-F303.01/24", "--period", "2025");

        Assert.Equal((0, ""), (result.Exit, result.Error));
        Assert.StartsWith(
            """
            cchc/CC-F303.01/24@2025-07-01, 2025 (A)

            Chỉ tiêu        3.1. Tỷ lệ hồ sơ TTHC do các sở, ngành tiếp nhận được giải quyết đúng hạn
            Địa bàn         24@2025-07-01 Tỉnh Bắc Ninh
            Kỳ              Năm 2025: từ 00:00 15/12/2024 đến hết 23:59 14/12/2025

            Giá trị         99.61 %
            Trạng thái      A official (Chính thức)
            Nguồn           forms
            Nhận lúc        2025-12-20T00:00:00+07:00
            Ghi chú         Biểu mẫu 3, hàng 3.1.; in: 99,61%
            Lần công bố     1/1
            Nguồn khác      narrative: 98.6, khác, 2025-12-21T00:00:00+07:00. II.2: "Cấp tỉnh tiếp nhận 198.101 hồ sơ; đã giải quyết
                            153.771 hồ sơ (trong đó trước và đúng hạn 151.619 hồ sơ, đạt 98,6%)" (năm 2025; phần lời ghi "Cấp tỉnh",
                            biểu ghi "các sở, ngành"; 99,61% trong phần lời là tỷ lệ toàn tỉnh)

            So với kỳ trước (pop): không có, chưa có số liệu kỳ 2024

            So với cùng kỳ năm trước (yoy): không có, chưa có số liệu kỳ 2024

            Lũy kế từ đầu năm (ytd): không có, loại số liệu này không cộng dồn theo thời gian

            """,
            result.Out,
            StringComparison.Ordinal
        );
        Assert.Contains(
            """
            Tính lại từ các hàng khác: 98.600516... %
              Công thức       tử số chia mẫu số, không lấy trung bình các tỷ lệ: 151619 / 153771 * 100 = 98.600516...
              Đầu vào         2
                  tử số   CC-F303.03 2025  151619  A official  lần 1  forms  2025-12-20 00:00:00
                      ghi chú: Biểu mẫu 3, hàng 3.1.2.; in: 151.619
                      nguồn khác: narrative 151619 (giống)
            """,
            result.Out,
            StringComparison.Ordinal
        );
        Assert.Contains(
            """

            Căn cứ
              Văn bản         Ủy ban nhân dân tỉnh Bắc Ninh, /BC-UBND (2025-12): Kết quả công tác cải cách hành chính năm 2025; nhệm
                              vụ, giải pháp năm 2026
              Chỉ số          CC-F303, số 3. Kết quả giải quyết TTHC
              Hàng            CC-F303.01, số 3.1., ratio
            """,
            result.Out,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Chế độ          cutoff-15 từ 2024-01-01. assumed from Nghị định 09/2019/NĐ-CP",
            result.Out,
            StringComparison.Ordinal
        );
        Assert.Matches(@"\nđọc [0-9,]+ ms, tính [0-9,]+ ms\n\z", result.Out);
        Assert.All(result.Lines, line => Assert.True(line.Length <= 120, line));
    }

    [Fact]
    public async Task Explain_AComparisonWithAPlan_IsToldDownToWhatWasReported()
    {
        await ImportAsync("2025-10-05", "24,2024-09,100,", "27,2024-09,50.5,", "24,2025-08,20,estimate", "24,2025-09,160,");
        var plans = cli.Folder.Write(
            "plans.csv",
            "indicator,measure,area,period,value,kind,decision\nDM-A01,DM-A01.01,24,2025,1200,,12/NQ-HĐND\n"
        );
        await RunAsync("plan", "import", plans, "--set", "demo", "--received-at", "2025-01-05");

        var result = await ExplainAsync("demo/DM-A01.01/24", "2025-09");

        Assert.Contains(
            """
            So với cùng kỳ năm trước (yoy): 6.312292... %
              Công thức       (số được so - số gốc) / |số gốc| * 100: (160 - 150.5) / |150.5| * 100 = 6.312292...
              Đầu vào         2
                  được so  2025-09  160    A official  lần 1  so        2025-10-05 00:00:00
                  gốc      2024-09  150.5  A official  2/2    computed  2025-10-05 00:00:00
                      Công thức       tổng của các địa bàn hợp thành (trước khi sắp xếp): 100 + 50.5 = 150.5
                      Đầu vào         2
                          cộng  24@1997-01-01 Tỉnh Bắc Giang 2024-09  100   A official  lần 1  so  2025-10-05 00:00:00
                          cộng  27@1997-01-01 Tỉnh Bắc Ninh 2024-09   50.5  A official  lần 1  so  2025-10-05 00:00:00

            """,
            result.Out,
            StringComparison.Ordinal
        );
        Assert.Contains(
            """
            So với kế hoạch năm (plan): 15 %
              Công thức       đã thực hiện / kế hoạch năm * 100: 180 / 1200 * 100 = 15
              Đầu vào         2
                  đã làm    Lũy kế từ đầu năm (ytd) 2025-09  180   2/9 kỳ
                  kế hoạch  Kế hoạch (planned) 2025          1200  giao (assigned)  12/NQ-HĐND  2025-01-05 00:00:00
              Tiến độ         đến hết Tháng 9/2025 phải đạt 897.534246... (chia đều theo độ dài các kỳ), đã đạt 20.054945... % mức
                              đó; còn 1020, 3 kỳ, mỗi kỳ cần 340

            """,
            result.Out,
            StringComparison.Ordinal
        );
        Assert.Contains("  Chế độ          calendar từ 2020-01-01. Điều 3\n", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_AsOf_TellsWhatWasKnownThen()
    {
        await ImportAsync("2025-10-05", "24,2025-09,160,estimate");
        await ImportAsync("2025-11-05", "24,2025-09,158.5,");

        var then = await ExplainAsync("demo/DM-A01.01/24", "2025-09", "--as-of", "2025-10-31");
        var now = await ExplainAsync("demo/DM-A01.01/24", "2025-09");
        var before = await ExplainAsync("demo/DM-A01.01/24", "2025-09", "--as-of", "2025-10-01");

        Assert.Contains("Giá trị         160 Tấn\nTrạng thái      A estimate (Ước tính)\n", then.Out, StringComparison.Ordinal);
        Assert.Contains("Tính đến        2025-10-31T00:00:00+07:00\n", then.Out, StringComparison.Ordinal);
        Assert.Contains("Giá trị         158.5 Tấn\n", now.Out, StringComparison.Ordinal);
        Assert.Contains(
            """
            Lần 1/2         160 A estimate, so, 2025-10-05T00:00:00+07:00
            Lần 2/2         158.5 A official, so, 2025-11-05T00:00:00+07:00 (đang dùng)
            """,
            now.Out,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Giá trị         không có\nLý do           chưa có số liệu kỳ 2025-09\n",
            before.Out,
            StringComparison.Ordinal
        );
        Assert.Equal(0, before.Exit);
    }

    [Fact]
    public async Task Explain_ManyInputs_AreCutInTextAndWholeInJson()
    {
        await ImportAsync("2025-10-05", [.. Enumerable.Range(1, 31).Select(day => $"24,2025-08-{day:00},{day},")]);

        var text = await ExplainAsync("demo/DM-A01.01/24", "2025-08");
        var json = await ExplainAsync("demo/DM-A01.01/24", "2025-08", "--json");

        Assert.Contains("tổng của các kỳ ngắn hơn: 1 + 2 + 3 + ... + 31 = 496\n", text.Out, StringComparison.Ordinal);
        Assert.Contains("    ... và 19 mục nữa, tổng 418\n", text.Out, StringComparison.Ordinal);
        using var parsed = JsonDocument.Parse(json.Out);
        var value = parsed.RootElement.GetProperty("value");
        Assert.Equal(
            ("finer-periods", 496m),
            (value.GetProperty("computed").GetString(), value.GetProperty("recomputed").GetDecimal())
        );
        Assert.Equal(
            Enumerable.Range(1, 31).Select(day => (decimal)day),
            value.GetProperty("inputs").EnumerateArray().Select(input => input.GetProperty("value").GetDecimal())
        );
        Assert.Equal("Sở Nông nghiệp và Môi trường", parsed.RootElement.GetProperty("basis").GetProperty("agency").GetString());
        Assert.Equal(JsonValueKind.Number, parsed.RootElement.GetProperty("timings").GetProperty("read_ms").ValueKind);
    }

    [Theory]
    [InlineData("demo/DM-A01.01", "SERIES is 'demo/DM-A01.01'; write SET/MEASURE/AREA[/SUBJECT], such as cchc/CC-F303.01/24.")]
    [InlineData("demmo/DM-A01.01/24", "There is no set 'demmo'; did you mean demo?")]
    [InlineData("x/DM-A01.01/24", "There is no set 'x'; allowed: bac-ninh, cchc, lao-cai, tay-ninh, demo.")]
    [InlineData("demo/DM-A01.03/24", "Set demo has no measure 'DM-A01.03'; did you mean DM-A01.01?")]
    [InlineData("demo/san-luong/24", "Set demo has no measure 'san-luong'; 'catalog list --set demo' shows its codes.")]
    [InlineData("demo/DM-A01/24", "DM-A01 is an indicator of set demo; allowed: DM-A01.01, DM-A01.02.")]
    [InlineData("demo/DM-A01.01/27", "No area bears the code '27' on 2025-09-30; allowed: 27@1997-01-01 (Tỉnh Bắc Ninh).")]
    [InlineData("demo/DM-A01.01/27@2025-07-01", "No area is '27@2025-07-01'; allowed: 27@1997-01-01 (Tỉnh Bắc Ninh).")]
    [InlineData(
        "demo/DM-A01.01/15",
        "Set demo has no figures of 15@2025-07-01 (Tỉnh Lào Cai); allowed: 24@2025-07-01 (Tỉnh Bắc Ninh), 24@1997-01-01 (Tỉnh Bắc Giang), 27@1997-01-01 (Tỉnh Bắc Ninh), and areas within."
    )]
    [InlineData("demo/DM-A01.01/24/lua", "DM-A01.01 has no subjects; leave out '/lua'.")]
    [InlineData("demo/DM-A01.02/24", "DM-A01.02 is given by subject; allowed: lua, ngo.")]
    [InlineData("demo/DM-A01.02/24/luu", "DM-A01.02 has no subject 'luu'; did you mean lua?")]
    public async Task Explain_APartThatNamesNothing_SaysWhatIsAllowed(string series, string message) =>
        (await ExplainAsync(series, "2025-09")).Failed(message);

    [Theory]
    [InlineData("2025", "--period '2025' has frequency A; DM-A01.01 has D, M.")]
    [InlineData("2025-13", "--period '2025-13' does not exist: month of 2025 must be in 1..12.")]
    public async Task Explain_APeriodThatCannotBe_IsRefused(string period, string message) =>
        (await ExplainAsync("demo/DM-A01.01/24", period)).Failed(message);

    [Theory]
    [InlineData("demo/DM-A01.01/24", "24@1997-01-01 Tỉnh Bắc Giang")]
    [InlineData("demo/DM-A01.01/24@2025-07-01", "24@2025-07-01 Tỉnh Bắc Ninh")]
    public async Task Explain_TheCodeOfAnArea_IsReadWhenThePeriodEnds(string series, string area) =>
        Assert.Contains($"Địa bàn         {area}\n", (await ExplainAsync(series, "2024-09")).Out, StringComparison.Ordinal);

    [Fact]
    public async Task Explain_ANoteThatWouldMoveTheCursor_IsShownWithoutThat()
    {
        var file = cli.Folder.Write(
            "in.csv",
            "indicator,measure,area,period,value,note\nDM-A01,DM-A01.01,24,2025-09,1,\"a\u001b[2Jb\nc\"\n"
        );
        await RunAsync("import", file, "--set", "demo", "--source", "so");

        var result = await ExplainAsync("demo/DM-A01.01/24", "2025-09");

        Assert.Contains("Ghi chú         a[2Jb c\n", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(result.Out, sign => char.IsControl(sign) && sign != '\n');
    }

    private Task<CliResult> ExplainAsync(string series, string period, params string[] options) =>
        RunAsync(["explain", series, "--period", period, .. options]);

    private Task<CliResult> ImportAsync(string day, params string[] lines)
    {
        var file = cli.Csv("in.csv", [.. lines.Select(line => $"DM-A01,DM-A01.01,{line}")]);
        return RunAsync("import", file, "--set", "demo", "--source", "so", "--received-at", day);
    }

    private Task<CliResult> RunAsync(params string[] arguments)
    {
        cli.Folder.Write("sets/demo.yaml", Sets);
        return cli.RunAsync([.. arguments, "--sets", cli.Folder.File("sets")]);
    }
}
