using System.Globalization;

namespace KpiMetrics.Tests.Commands;

/// <summary>A set of two communes with all that a form can have: numbers, headings, subjects, percentages, bulletins, hours.</summary>
internal static class FormSets
{
    private const string Set = """
        set: hai-xa
        name: Bộ chỉ số hai xã
        authority: Ủy ban nhân dân tỉnh Bắc Ninh
        decision: "12/QĐ-UBND"
        date: 2025-10-08
        prefix: HX
        areas: {level: commune, within: "97"}
        regime:
          - {from: 2024-01-01, windows: calendar}
        groups:
          - code: SO
            name: "sánh"
            indicators:
              - code: HX-SO01
                number: "1"
                name: Cây trồng
                agency: Phòng Kinh tế
                frequencies: [M, Q]
                measures:
                  - code: HX-SO01.01
                    name: Sản lượng
                    unit: Tấn
                    kind: flow
                    aggregation: none
                    over_time: none
                    subjects: [{code: lua, name: Cây lúa}, {code: ngo, name: Cây ngô}]
                    subjects_open: true
                  - {code: HX-SO01.02, number: "1.2.1", under: 1.2 Kết quả, name: Tỷ lệ, unit: "%", kind: ratio, aggregation: none, signed: true}
              - code: HX-SO02
                number: "2"
                name: Số hộ
                agency: Phòng Kinh tế
                frequencies: [M]
                measures:
                  - {code: HX-SO02.01, name: Số hộ, unit: Nghìn hộ, kind: stock, aggregation: none, signed: true}
                  - {code: HX-SO02.02, name: Bản tin, kind: text, aggregation: none}
          - code: H
            name: "GIỜ: mưa/lũ [khẩn cấp] và những việc khác nữa"
            indicators:
              - code: HX-H01
                number: "1"
                name: Mưa
                agency: Phòng Kinh tế
                frequencies: [H]
                measures:
                  - {code: HX-H01.01, name: Lượng mưa, unit: mm, kind: flow, aggregation: none}

        """;

    private const string Areas = """
        areas:
          - {code: "97", name: Tỉnh Thử, level: province, from: 2024-01-01, parent: VN}
          - {code: "09001", name: Xã Ất, level: commune, from: 2024-01-01, parent: "97"}
          - {code: "08999", name: Xã Giáp, level: commune, from: 2024-01-01, parent: "97"}

        """;

    public const string Hours = "H GIỜ- mưa-lũ -khẩn cấp- và nhữ";

    /// <summary>Imports lines <c>indicator,measure,area,period,value,subject,status,vintage</c>.</summary>
    public static async Task ImportAsync(Cli cli, params IEnumerable<string> lines)
    {
        var file = cli.Folder.Write(
            "form.csv",
            string.Join('\n', ["indicator,measure,area,period,value,subject,status,vintage", .. lines, ""])
        );
        var result = await cli.RunAsync("import", file, "--set", "hai-xa", "--sets", Folder(cli), "--locale", "en");
        Assert.Equal((0, ""), (result.Exit, result.Error));
    }

    /// <summary>Lines of one commune's hours from 2024-01-01T00 on, each of the value 1.</summary>
    public static IEnumerable<string> HoursOf(int count) =>
        Enumerable
            .Range(0, count)
            .Select(hour => new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).AddHours(hour))
            .Select(hour => $"HX-H01,HX-H01.01,09001,{hour.ToString("yyyy-MM-dd'T'HH", CultureInfo.InvariantCulture)},1,,,");

    public static Task<CliResult> ExportAsync(Cli cli, params string[] options) =>
        cli.RunAsync(["export", "--set", "hai-xa", "--sets", Folder(cli), .. options]);

    private static string Folder(Cli cli)
    {
        cli.Folder.Write("sets/hai-xa.yaml", Set);
        cli.Folder.Write("sets/areas/hai-xa.yaml", Areas);
        return cli.Folder.File("sets");
    }
}
