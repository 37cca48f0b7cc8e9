using System.Globalization;
using System.Text;

namespace KpiMetrics.ServerTests.Support;

/// <summary>A set whose offices report by the day, for five communes of a province of its own; in force since a day of the test's choice.</summary>
internal static class OfficeSet
{
    public const string Code = "nguon";
    public static readonly IReadOnlyList<string> Communes = ["98001", "98002", "98003", "98004", "98005"];

    /// <summary>The day that it is in Vietnam.</summary>
    public static DateOnly Today =>
        DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(7)).DateTime);

    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <param name="since">From when on it is in force.</param>
    /// <param name="indicators">Such as <see cref="Indicator"/> gives.</param>
    public static void Write(Installation installation, DateOnly since, IEnumerable<string> indicators) =>
        installation.AddSet(Code, Set(since) + string.Concat(indicators), Areas());

    /// <summary>NG-A01 and so on, each of an office of its own, <c>Sở 1</c>, with measures <c>NG-A01.01</c> and so on in tonnes.</summary>
    /// <param name="frequencies"><c>D</c> or <c>H, D</c>.</param>
    public static string Indicator(int number, string frequencies = "D", int measures = 1)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"""
                  - code: NG-A{number:00}
                    number: "{number}"
                    name: Chỉ số {number}
                    agency: Sở {number}
                    frequencies: [{frequencies}]
                    measures:

            """
        );
        for (var measure = 1; measure <= measures; measure++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"          - {{code: NG-A{number:00}.{measure:00}, name: Sản lượng {measure}, unit: Tấn, kind: flow, aggregation: sum}}\n"
            );
        }
        return text.ToString();
    }

    /// <summary>One good answer of an office's API: a figure for each commune.</summary>
    public static string Rows(string indicator, string unit = "Tấn", int value = 5) =>
        "["
        + string.Join(
            ',',
            Communes.Select(code =>
                $$"""{"chiTieu":"{{indicator}}","ma":"{{indicator}}.01","diaBan":"{{code}}","giaTri":{{value}},"donVi":"{{unit}}"}"""
            )
        )
        + "]";

    /// <summary>A source of the site, with little patience unless more is asked for.</summary>
    public static string Source(string name, string url, string indicator, string more = "", int seconds = 2) =>
        $$"""
              - kind: http
                name: {{name}}
                set: {{Code}}
                indicators: [{{indicator}}]
                url: {{url}}/{indicator}?ky={period}
                columns: {indicator: $.chiTieu, measure: $.ma, area: $.diaBan, value: $.giaTri, unit: $.donVi}
                timeout_seconds: {{seconds}}
                retries: 1
                break_after: 3
                {{more}}

            """;

    private static string Set(DateOnly since) =>
        $$"""
            set: {{Code}}
            name: Bộ chỉ số của các nguồn
            authority: UBND tỉnh Nguồn
            decision: 2/QĐ-UBND
            date: {{Text(since)}}
            prefix: NG
            areas: {level: commune, within: "98"}
            regime:
              - {from: {{Text(since)}}, windows: calendar}
            groups:
              - code: A
                name: NHÓM A
                indicators:

            """;

    private static string Areas()
    {
        var areas = new StringBuilder(
            $"areas:\n  - {{code: \"98\", name: Tỉnh Nguồn, level: province, from: {TestSet.AreasFrom}, parent: VN}}\n"
        );
        foreach (var code in Communes)
            areas.Append(
                CultureInfo.InvariantCulture,
                $"  - {{code: \"{code}\", name: Xã {code}, level: commune, from: {TestSet.AreasFrom}, parent: \"98\"}}\n"
            );
        return areas.ToString();
    }
}
