using System.Text.Json;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Tests.Support;
using static KpiMetrics.Tests.Api.ApiWorker;
using static KpiMetrics.Tests.Api.ScheduleApi;
using static KpiMetrics.Tests.Support.LoopbackServer;

namespace KpiMetrics.Tests.Api;

/// <summary>A worker with a source that answers and one that fails.</summary>
public sealed class SourceApiTests
{
    // Nothing is obliged, so that only the newest closed period is asked for, whenever the first obligations would be created.
    private static readonly string[] Seldom =
    [
        .. "HM".Select(letter => $"--Schedule:Cron:{letter}=0 0 0 1 1 ? 2099"),
        "--Obligations:From=2099-01-01",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sources_OneAnswersOneFails_AreCountedAndListed()
    {
        await using var office = Office();
        await using var worker = await StartWithAsync(Site(office), Seldom);
        await RunAsync(worker, "DY-A01?freq=M");
        await RunAsync(worker, "DY-A02");

        await UntilAsync(worker, "kpi_job_runs_total{outcome=\"ok\",source=\"good\"} 1");
        await UntilAsync(worker, "kpi_job_runs_total{outcome=\"ok\",source=\"bad\"} 1");
        await UntilAsync(worker, "kpi_obligations_overdue ");
        var lines = await LinesAsync(worker);
        Assert.Contains("kpi_source_requests_total{outcome=\"answered\",source=\"good\"} 1", lines);
        Assert.Contains("kpi_source_requests_total{outcome=\"unavailable\",source=\"bad\"} 1", lines);
        Assert.Contains("kpi_source_duration_seconds_count{source=\"good\"} 1", lines);
        Assert.Contains("kpi_reports_total{outcome=\"taken\",source=\"good\"} 1", lines);
        Assert.DoesNotContain(
            lines,
            line => line.StartsWith("kpi_reports_total{outcome=\"taken\",source=\"bad\"", StringComparison.Ordinal)
        );
        Assert.Contains("kpi_rows_total{outcome=\"recorded\",source=\"good\"} 1", lines);
        Assert.Contains("kpi_lane_waiting{source=\"bad\"} 0", lines);
        Assert.Contains("kpi_lane_limit{source=\"bad\"} 2", lines);
        Assert.Contains(lines, line => line.StartsWith("kpi_obligations_missing ", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.StartsWith("kpimetrics", StringComparison.Ordinal));

        var sources = await JsonAsync(await worker.Client.GetAsync("/api/v1/sources", Token));
        var (good, bad) = (sources[0], sources[1]);
        Assert.Equal(("good", "http", "day"), (Text(good, "name"), Text(good, "kind"), Text(good, "set")));
        Assert.Equal(JsonValueKind.Null, good.GetProperty("left_alone").ValueKind);
        Assert.Equal("DY-A02", bad.GetProperty("indicators")[0].GetString());
        Assert.Contains("500", Text(bad.GetProperty("left_alone"), "why"), StringComparison.Ordinal);
        Assert.Equal(1, bad.GetProperty("left_alone").GetProperty("failures").GetInt32());
        Assert.Equal((1, 0), Asked(good));
        Assert.Equal((1, 1), Asked(bad));
        Assert.NotNull(Text(good.GetProperty("asked"), "last_answered_at"));
        Assert.Null(Text(bad.GetProperty("asked"), "last_answered_at"));
        Assert.Equal(2, bad.GetProperty("lane").GetProperty("limit").GetInt32());
    }

    [Fact]
    public async Task Sources_AnAnswerThatIsNoReport_IsCountedAsBroken()
    {
        await using var office = new LoopbackServer((_, _) => Json("<html>"));
        await using var worker = await StartWithAsync(Site(office), Seldom);

        await RunAsync(worker, "DY-A02");

        await UntilAsync(worker, "kpi_reports_total{outcome=\"broken\",source=\"bad\"} 1");
        Assert.Contains("kpi_source_requests_total{outcome=\"broken\",source=\"bad\"} 1", await LinesAsync(worker));
    }

    [Fact]
    public async Task Backfill_ASpan_IsDoneInTheBackgroundAndSecondOneMeanwhileIsRefused()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var office = new LoopbackServer(
            async (_, _, stream, token) =>
            {
                await release.Task.WaitAsync(token);
                await stream.WriteAsync(
                    System.Text.Encoding.UTF8.GetBytes(Json("""[{"ma": "DY-A02.01", "giaTri": 8}]""")),
                    token
                );
            }
        );
        await using var worker = await StartWithAsync(Site(office), Seldom);
        var secret = await worker.TokenAsync(TokenRole.Admin);

        var begun = await BackfillAsync(worker, secret, Span(more: "\"source\":\"bad\",\"why\":\"thử\""));
        Assert.Equal((202, "/api/v1/backfills/1"), ((int)begun.StatusCode, begun.Headers.Location?.ToString()));
        var run = await JsonAsync(begun);
        Assert.Equal(("running", 2), (Text(run, "state"), run.GetProperty("questions").GetInt32()));
        await ProblemAsync(await BackfillAsync(worker, secret, Span()), 409, "backfill-running");
        release.SetResult();

        await DoneAsync(worker);
        var done = await JsonAsync(await worker.Client.GetAsync("/api/v1/backfills/1", Token));
        Assert.Equal((2, "thử"), (done.GetProperty("done").GetInt32(), Text(done, "why")));
        Assert.Equal(2, done.GetProperty("result").GetProperty("recorded").GetInt32());
        Assert.Equal(2, await worker.FiguresAsync());
        var audit = Assert.Single(await worker.Ledger.ReadAuditAsync(50, Token), entry => entry.Action == "backfill");
        Assert.StartsWith("token ", audit.Actor, StringComparison.Ordinal);
        Assert.Equal(202, (int)(await BackfillAsync(worker, secret, Span())).StatusCode);
    }

    [Fact]
    public async Task Backfill_ADryRunOrAWrongSpan_AsksNothing()
    {
        await using var office = Office();
        await using var worker = await StartWithAsync(Site(office), Seldom);
        var secret = await worker.TokenAsync(TokenRole.Operator);

        var listed = await JsonAsync(
            await BackfillAsync(worker, secret, Span(more: "\"indicator\":\"DY-A02\",\"dry_run\":true"))
        );

        Assert.Equal(["2026-08", "2026-09"], listed.EnumerateArray().Select(question => Text(question, "from")));
        (string Body, int Status, string Code)[] wrong =
        [
            (Span(more: "\"source\":\"nix\",\"why\":\"thử\""), 404, "unknown-source"),
            (Span(more: "\"indicator\":\"nix\",\"why\":\"thử\""), 404, "unknown-indicator"),
            (Span("2026-09", "2026-08"), 400, "bad-period"),
            (Span("nix"), 400, "bad-period"),
            (Span(more: "\"why\":\"\""), 400, "no-reason"),
            (Span("2035", "2036"), 400, "nothing-to-ask"),
        ];
        foreach (var (body, status, code) in wrong)
            await ProblemAsync(await BackfillAsync(worker, secret, body), status, code);
        Assert.Empty(office.Requests);
        Assert.Equal(0, (await JsonAsync(await worker.Client.GetAsync("/api/v1/backfills", Token))).GetArrayLength());
        await ProblemAsync(await worker.Client.GetAsync("/api/v1/backfills/1", Token), 404, "unknown-backfill");
    }

    private static (int Duties, int Failing) Asked(JsonElement source)
    {
        var asked = source.GetProperty("asked");
        return (asked.GetProperty("duties").GetInt32(), asked.GetProperty("failing").GetInt32());
    }

    private static string? Text(JsonElement of, string name) => of.GetProperty(name).GetString();

    private static async Task RunAsync(ApiWorker worker, string indicator)
    {
        var secret = await worker.TokenAsync(TokenRole.Operator);
        var path = $"/api/v1/schedules/day/{indicator.Replace("?", "/run?", StringComparison.Ordinal)}";
        path = path.Contains('?', StringComparison.Ordinal) ? path : $"{path}/run";
        Assert.Equal(202, (int)(await DutyApi.SendAsync(worker, "POST", path, secret, Why)).StatusCode);
    }

    private static Task<HttpResponseMessage> BackfillAsync(ApiWorker worker, string secret, string body) =>
        DutyApi.SendAsync(worker, "POST", "/api/v1/backfills", secret, body);

    private static async Task<string[]> LinesAsync(ApiWorker worker) =>
        (await worker.Client.GetStringAsync("/metrics", Token)).Split('\n');

    private static async Task DoneAsync(ApiWorker worker)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        deadline.CancelAfter(TimeSpan.FromSeconds(20));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (Text(await JsonAsync(await worker.Client.GetAsync("/api/v1/backfills/1", Token)), "state") == "running")
            await timer.WaitForNextTickAsync(deadline.Token);
    }

    private static async Task UntilAsync(ApiWorker worker, string line)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        deadline.CancelAfter(TimeSpan.FromSeconds(20));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!(await LinesAsync(worker)).Any(one => one.StartsWith(line, StringComparison.Ordinal)))
            await timer.WaitForNextTickAsync(deadline.Token);
    }
}
