using System.Globalization;
using System.Text;

namespace KpiMetrics.Faults.Load;

/// <summary>A set made for load: an office of months, one of days, one of hours.</summary>
/// <param name="Code">Such as <c>tai-a</c>.</param>
/// <param name="Prefix">Of its indicators.</param>
internal sealed record LoadSet(string Code, string Prefix)
{
    /// <param name="count">Up to 26.</param>
    public static IReadOnlyList<LoadSet> First(int count) =>
        [.. Enumerable.Range(0, count).Select(number => new LoadSet($"tai-{(char)('a' + number)}", $"T{(char)('A' + number)}"))];

    /// <summary>So many communes after those that desks report for are reported by nobody else.</summary>
    public const int Reserved = 12;

    /// <summary>In Vietnam.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromHours(7);

    /// <summary>Indicators, each of an office and a frequency of its own.</summary>
    public IReadOnlyList<LoadIndicator> Indicators =>
        [
            new(this, $"{Prefix}-A01", "Sở Tháng", 'M', Measures: 5),
            new(this, $"{Prefix}-A02", "Sở Ngày", 'D', Measures: 4),
            new(this, $"{Prefix}-B01", "Trạm Giờ", 'H', Measures: 2),
        ];

    public static IReadOnlyList<string> Communes(int count) =>
        [.. Enumerable.Range(96001, count).Select(code => code.ToString(CultureInfo.InvariantCulture))];

    /// <summary>Writes sets and their areas into a folder for <c>--sets</c>.</summary>
    /// <param name="since">From when on they are in force.</param>
    public static void Write(string folder, IReadOnlyList<LoadSet> sets, DateOnly since, int communes)
    {
        Directory.CreateDirectory(Path.Combine(folder, "areas"));
        foreach (var set in sets)
            File.WriteAllText(Path.Combine(folder, $"{set.Code}.yaml"), set.Text(since));
        var areas = new StringBuilder("areas:\n");
        areas.Append("  - {code: \"96\", name: Tỉnh Tải, level: province, from: 2004-01-01, parent: VN}\n");
        foreach (var code in Communes(communes))
            areas.Append(
                CultureInfo.InvariantCulture,
                $"  - {{code: \"{code}\", name: Xã {code}, level: commune, from: 2004-01-01, parent: \"96\"}}\n"
            );
        File.WriteAllText(Path.Combine(folder, "areas", "tai.yaml"), areas.ToString());
    }

    private string Text(DateOnly since)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $$"""
            set: {{Code}}
            name: Bộ chỉ số {{Code}}
            authority: UBND tỉnh Tải
            decision: 1/QĐ-UBND
            date: {{since:yyyy-MM-dd}}
            prefix: {{Prefix}}
            areas: {level: commune, within: "96"}
            regime:
              - {from: {{since:yyyy-MM-dd}}, windows: calendar}
            groups:
              - code: A
                name: NHÓM A
                indicators:

            """
        );
        foreach (var indicator in Indicators.Where(indicator => indicator.Frequency != 'H'))
            indicator.Write(text);
        text.Append("  - code: B\n    name: NHÓM B\n    indicators:\n");
        foreach (var indicator in Indicators.Where(indicator => indicator.Frequency == 'H'))
            indicator.Write(text);
        return text.ToString();
    }
}
