using KpiMetrics.Tests.Support;
using static KpiMetrics.Tests.Support.LoopbackServer;

namespace KpiMetrics.Tests.Api;

/// <summary>Bodies of calls about schedules, and a site with a source that answers and one that fails.</summary>
internal static class ScheduleApi
{
    public const string Months = "/api/v1/schedules/day/DY-A02";
    public const string Why = """{"why":"thử"}""";
    public const string Nine = """{"cron":"0 30 9 * * ?","why":"thử"}""";
    public const string Yearly = """{"cron":"0 0 9 1 1 ?","why":"thử"}""";
    public const string NoWhy = """{"why":" "}""";
    public const string Quick = "--Schedule:Cron:M=0/10 * * * * ?";

    /// <summary>Answers about DY-A01 with one figure; about DY-A02 as <paramref name="status"/> says.</summary>
    public static LoopbackServer Office(int status = 500) =>
        new(
            (head, _) =>
                head.Contains("DY-A01", StringComparison.Ordinal)
                    ? Json("""[{"ma": "DY-A01.01", "giaTri": 7}]""")
                    : Json("""[{"ma": "DY-A02.01", "giaTri": 8}]""", status)
        );

    /// <summary>The sources <c>good</c> (DY-A01) and <c>bad</c> (DY-A02), which is left alone after one failure.</summary>
    public static string Site(LoopbackServer office) =>
        $$"""
            sources:
              - kind: http
                name: good
                set: day
                indicators: [DY-A01]
                url: {{office.Address}}/{indicator}/{period}
                columns: {measure: $.ma, area: "=24", value: $.giaTri}
                lookback: 0
              - kind: http
                name: bad
                set: day
                indicators: [DY-A02]
                url: {{office.Address}}/{indicator}/{period}
                columns: {measure: $.ma, area: "=24", value: $.giaTri}
                lookback: 0
                retries: 0
                break_after: 1
                break_seconds: 3600

            """;

    public static string Span(string from = "2026-08", string to = "2026-09", string more = "\"why\":\"thử\"") =>
        $$"""{"set":"day","from":"{{from}}","to":"{{to}}",{{more}}}""";
}
