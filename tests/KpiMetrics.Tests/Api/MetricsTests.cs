using System.Globalization;
using System.Text.RegularExpressions;
using KpiMetrics.Worker.Api.Metrics;
using Microsoft.Extensions.DependencyInjection;
using static KpiMetrics.Tests.Api.ApiWorker;

namespace KpiMetrics.Tests.Api;

public sealed partial class MetricsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_AfterAPush_AreWellFormedAndCountIt()
    {
        await using var worker = await StartAsync();
        var meters = worker.Services.GetRequiredService<KpiMeters>();
        meters.SourceAsked("a \"b\"\\\nc", "answered", TimeSpan.FromMilliseconds(30));
        meters.Observe("kpi_of_the_test", "Seven.", () => 7);
        await worker.PushAsync(
            await worker.TokenAsync(),
            $"[{Row("1")},{Row("x")},{Row("2", measure: "DY-A02.01")}]".Replace(":x", ":\"x\"", StringComparison.Ordinal)
        );

        var response = await worker.Client.GetAsync("/metrics", Token);
        var text = await response.Content.ReadAsStringAsync(Token);

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, line => Assert.Matches(Sample(), line));
        Assert.Equal(lines.Where(line => line[0] == '#').Distinct(), lines.Where(line => line[0] == '#'));
        Assert.Contains("kpi_push_rows_total{outcome=\"recorded\"} 1", lines);
        Assert.Contains("kpi_rows_total{outcome=\"refused\",source=\"push\"} 2", lines);
        Assert.Contains("kpi_of_the_test 7", lines);
        Assert.Contains("kpi_outbox_waiting 1", lines);
        Assert.Contains("# TYPE kpi_source_duration_seconds histogram", lines);
        Assert.Contains("kpi_source_duration_seconds_bucket{source=\"a \\\"b\\\"\\\\\\nc\",le=\"0.025\"} 0", lines);
        Assert.Contains("kpi_source_duration_seconds_bucket{source=\"a \\\"b\\\"\\\\\\nc\",le=\"0.05\"} 1", lines);
        Assert.Contains("kpi_source_duration_seconds_count{source=\"a \\\"b\\\"\\\\\\nc\"} 1", lines);
    }

    [Fact]
    public async Task Metrics_LabelsWithoutEnd_StayBounded()
    {
        await using var worker = await StartAsync();
        var meters = worker.Services.GetRequiredService<KpiMeters>();
        for (var at = 0; at < 5000; at++)
            meters.JobRan(at.ToString(CultureInfo.InvariantCulture), "done", TimeSpan.Zero);

        var lines = (await worker.Client.GetStringAsync("/metrics", Token)).Split('\n');

        Assert.Equal(1001, lines.Count(line => line.StartsWith("kpi_job_runs_total", StringComparison.Ordinal)));
        Assert.Contains("kpi_job_runs_total{overflow=\"true\"} 4000", lines);
    }

    [GeneratedRegex(
        """^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z_]+="([^"\\]|\\.)*"(,[a-z_]+="([^"\\]|\\.)*")*\})? (-?[0-9.E+-]+|[+-]Inf|NaN))$""",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Sample();
}
