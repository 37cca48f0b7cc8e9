using System.Globalization;
using System.Text;

namespace KpiMetrics.ServerTests.Support;

/// <summary>A set of monthly figures for the communes of a province made for these tests, which has stood since 2004.</summary>
internal static class TestSet
{
    public const string Code = "thu-nghiem";
    public const string AreasFrom = "2004-01-01";

    /// <summary>Rows of an import.</summary>
    public static readonly IReadOnlyList<string> FirstMeasures = ["TN-A01.01", "TN-A01.02", "TN-A01.03", "TN-A01.04"];

    /// <summary>Measures of another indicator: what arrives in the inbox has nothing to do with what is imported.</summary>
    public static readonly IReadOnlyList<string> SecondMeasures = ["TN-A02.01", "TN-A02.02"];

    public const string TextMeasure = "TN-A02.03";

    /// <summary>97001, 97002, ...</summary>
    public static readonly IReadOnlyList<string> Communes =
    [
        .. Enumerable.Range(97001, 40).Select(code => code.ToString(CultureInfo.InvariantCulture)),
    ];

    /// <summary>Three years of months, all begun long ago.</summary>
    public static readonly IReadOnlyList<string> Months =
    [
        .. Enumerable
            .Range(0, 36)
            .Select(month => string.Create(CultureInfo.InvariantCulture, $"{2022 + (month / 12)}-{(month % 12) + 1:00}")),
    ];

    /// <summary>Writes set and areas into a folder for <c>--sets</c>.</summary>
    public static void Write(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "areas"));
        File.WriteAllText(Path.Combine(folder, "thu-nghiem.yaml"), Set);
        var areas = new StringBuilder("areas:\n");
        areas.Append(
            CultureInfo.InvariantCulture,
            $"  - {{code: \"97\", name: Tỉnh Thử, level: province, from: {AreasFrom}, parent: VN}}\n"
        );
        foreach (var code in Communes)
            areas.Append(
                CultureInfo.InvariantCulture,
                $"  - {{code: \"{code}\", name: Xã {code}, level: commune, from: {AreasFrom}, parent: \"97\"}}\n"
            );
        File.WriteAllText(Path.Combine(folder, "areas", "areas.yaml"), areas.ToString());
    }

    private const string Set = """
        set: thu-nghiem
        name: Bộ chỉ số thử nghiệm
        authority: UBND tỉnh Thử
        decision: 1/QĐ-UBND
        date: 2022-01-01
        prefix: TN
        areas: {level: commune, within: "97"}
        regime:
          - {from: 2022-01-01, windows: calendar}
        groups:
          - code: A
            name: NHÓM A
            indicators:
              - code: TN-A01
                number: "1"
                name: Chăn nuôi
                agency: Sở Nông nghiệp
                frequencies: [M]
                measures:
                  - {code: TN-A01.01, name: Sản lượng, unit: Tấn, kind: flow, aggregation: sum, signed: true}
                  - {code: TN-A01.02, name: Tổng đàn, unit: Nghìn con, kind: stock, aggregation: sum, signed: true}
                  - {code: TN-A01.03, name: Tỷ lệ tiêm phòng, unit: "%", kind: ratio, aggregation: none, signed: true}
                  - {code: TN-A01.04, name: Chỉ số giá, kind: index, aggregation: none, signed: true, bases: [{from: 2022-01, base: "2019"}, {from: 2024-01, base: "2024"}]}
              - code: TN-A02
                number: "2"
                name: Đầu tư
                agency: Sở Tài chính
                frequencies: [M]
                measures:
                  - {code: TN-A02.01, name: Vốn giải ngân, unit: Triệu đồng, kind: flow, aggregation: sum, signed: true}
                  - {code: TN-A02.02, name: Vốn còn lại, unit: Tỷ đồng, kind: stock, aggregation: sum, signed: true}
                  - {code: TN-A02.03, name: Bản tin, kind: text, aggregation: none}

        """;
}
