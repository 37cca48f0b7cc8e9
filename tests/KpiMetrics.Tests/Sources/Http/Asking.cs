using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Pipeline.Sources.Http;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Sources.Http;

/// <summary>Asks a server as a source would, with pauses that take no time and timeouts that never come.</summary>
internal static class Asking
{
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 14, 0, 0, TimeSpan.FromHours(7));

    public static readonly SourceQuestion October = Question("2026-10");

    public static SourceQuestion Question(string period)
    {
        var parsed = Period.Parse(period);
        return new("T-01", [parsed], TestCatalog.Set.WindowOf(parsed));
    }

    public static HttpSourceOptions Options(string url, string name = "so-tai-chinh") =>
        new()
        {
            Name = name,
            Set = TestCatalog.Set.Code,
            Url = url,
            Rows = "$.data[*]",
            TimeoutSeconds = 600,
            BudgetSeconds = 3600,
            BreakAfter = 1000,
            Columns = Columns(("measure", "$.ma"), ("area", "=24"), ("value", "$.giaTri")),
        };

    public static Dictionary<string, string> Columns(params IEnumerable<(string Column, string Path)> columns) =>
        columns.ToDictionary(entry => entry.Column, entry => entry.Path, StringComparer.OrdinalIgnoreCase);

    public static HttpSource Source(
        HttpSourceOptions options,
        Func<string, string?>? environment = null,
        TimeProvider? clock = null,
        IFailedAnswers? failed = null
    ) =>
        new(
            options,
            HttpSource.CreateClient(),
            environment ?? (_ => null),
            failed ?? new KeptAnswers(),
            clock ?? new ManualClock(Now, patience: TimeSpan.FromMinutes(5))
        );

    public static async Task<IReadOnlyList<RawRow>> AskAsync(
        HttpSourceOptions options,
        Func<string, string?>? environment = null
    ) => Assert.Single(await Source(options, environment).AskAsync(October, TestContext.Current.CancellationToken)).Rows;

    /// <summary>What a source makes of a body.</summary>
    public static async Task<IReadOnlyList<RawRow>> ReadAsync(string body, Action<HttpSourceOptions>? change = null)
    {
        await using var server = new LoopbackServer((_, _) => LoopbackServer.Json(body));
        var options = Options($"{server.Address}/");
        change?.Invoke(options);
        return await AskAsync(options);
    }
}
