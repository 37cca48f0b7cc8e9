using System.Text.Json;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using Microsoft.Extensions.DependencyInjection;
using Quartz;
using static KpiMetrics.Tests.Api.ApiWorker;
using static KpiMetrics.Tests.Api.ScheduleApi;

namespace KpiMetrics.Tests.Api;

public sealed class ScheduleApiTests : IAsyncLifetime
{
    private ApiWorker? started;
    private string secret = "";

    private ApiWorker Worker => started ?? throw new InvalidOperationException("Not started.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        started = await StartAsync();
        secret = await Worker.TokenAsync(TokenRole.Operator);
    }

    public ValueTask DisposeAsync() => Worker.DisposeAsync();

    [Fact]
    public async Task List_OfASet_IsTheCommandsJson()
    {
        var list = await JsonAsync(await Worker.Client.GetAsync($"/api/v1/schedules?set={Set}", Token));

        Assert.Equal(
            ["day/DY-A01/H", "day/DY-A01/M", "day/DY-A02/M"],
            list.EnumerateArray().Select(job => job.GetProperty("duty").GetString()).Order(StringComparer.Ordinal)
        );
        await ProblemAsync(await Worker.Client.GetAsync("/api/v1/schedules?set=nix", Token), 404, "unknown-set");
    }

    [Fact]
    public async Task Change_OfTheCron_IsLiveWithinTwoSecondsAndRevertible()
    {
        await UntilAsync(async () => await NextAsync() is not null);
        var before = await NextAsync();

        var changed = await SendAsync("PATCH", Months, Nine);
        var began = TimeProvider.System.GetTimestamp();

        Assert.Equal(20, changed.GetProperty("jobs")[0].GetProperty("fires").GetArrayLength());
        await UntilAsync(async () => (await NextAsync())?.ToOffset(TimeSpan.FromHours(7)).TimeOfDay == new TimeSpan(9, 30, 0));
        Assert.InRange(TimeProvider.System.GetElapsedTime(began).TotalSeconds, 0, 2);
        var change = (await ShownAsync()).GetProperty("changes")[0];
        Assert.Equal("thử", change.GetProperty("why").GetString());
        Assert.StartsWith("token ", change.GetProperty("who").GetString(), StringComparison.Ordinal);
        var audit = (await Worker.Ledger.ReadAuditAsync(5, Token)).First(entry => entry.Action == "schedule set");
        Assert.Contains("(test)", audit.Actor, StringComparison.Ordinal);

        await SendAsync("POST", $"{Months}/revert", Why);
        await UntilAsync(async () => (await NextAsync())?.Minute == before?.Minute);
        await ProblemAsync(await Raw("POST", $"{Months}/revert", Why), 409, "nothing-to-undo");
    }

    [Fact]
    public async Task Change_WithWarnings_NeedsInsistenceAndSaysWhatItWouldDo()
    {
        var problem = await ProblemAsync(await Raw("PATCH", Months, Yearly), 409, "needs-insistence");

        var preview = problem.GetProperty("preview");
        Assert.Equal("slower-than-mandate", preview.GetProperty("warnings")[0].GetProperty("code").GetString());
        Assert.Equal(JsonValueKind.Null, preview.GetProperty("done").ValueKind);
        Assert.Equal(0, (await ShownAsync()).GetProperty("changes").GetArrayLength());

        var insisted = await SendAsync("PATCH", Months, Yearly.Replace("{", """{"insist":true,""", StringComparison.Ordinal));
        Assert.Equal("set", insisted.GetProperty("done").GetProperty("action").GetString());
    }

    [Fact]
    public async Task Preview_ACron_ChangesNothing()
    {
        var preview = await SendAsync("POST", $"{Months}/preview?freq=M", """{"cron":"0 0 9 1 1 ?"}""");

        Assert.Equal("slower-than-mandate", preview.GetProperty("warnings")[0].GetProperty("code").GetString());
        Assert.Equal("day/DY-A02/M", preview.GetProperty("obligations")[0].GetProperty("duty").GetString());
        Assert.Equal(0, (await ShownAsync()).GetProperty("changes").GetArrayLength());
    }

    [Theory]
    [InlineData("PATCH", Months, """{"cron":"nix","why":"thử"}""", 400, "invalid-cron")]
    [InlineData("PATCH", Months, """{"cron":"* * * * * ?","why":"thử","insist":true}""", 400, "cron-too-often")]
    [InlineData("PATCH", Months, """{"cron":"0 0 9 1 1 ? 2020","why":"thử"}""", 400, "cron-never-fires")]
    [InlineData("PATCH", Months, """{"priority":10,"why":"thử"}""", 400, "bad-priority")]
    [InlineData("PATCH", Months, """{"cron":"0 30 9 * * ?"}""", 400, "no-reason")]
    [InlineData("PATCH", Months, Why, 400, "nothing-to-change")]
    [InlineData("PATCH", $"{Months}?freq=A", Nine, 404, "unknown-frequency")]
    [InlineData("POST", "/api/v1/schedules/day/DY-A09/pause", Why, 404, "unknown-indicator")]
    [InlineData("POST", $"{Months}/run", NoWhy, 400, "no-reason")]
    [InlineData("PUT", "/api/v1/sources/nix/concurrency", """{"concurrency":3,"why":"thử"}""", 404, "unknown-source")]
    [InlineData("PUT", "/api/v1/sources/built-in/concurrency", """{"concurrency":65,"why":"thử"}""", 400, "bad-concurrency")]
    public async Task Change_ThatIsWrong_IsRefused(string method, string path, string body, int status, string code)
    {
        await ProblemAsync(await Raw(method, path, body), status, code);
        Assert.DoesNotContain(
            await Worker.Ledger.ReadAuditAsync(20, Token),
            entry => entry.Action.StartsWith("schedule", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task PauseAndResume_ADuty_TakeItsJobAwayAndBringItBack()
    {
        await SendAsync("POST", $"{Months}/pause?freq=M", Why);
        await UntilAsync(async () => await NextAsync() is null);

        await SendAsync("POST", $"{Months}/resume?freq=M", Why);
        await UntilAsync(async () => await NextAsync() is not null);
    }

    [Fact]
    public async Task Run_AnIndicator_RingsItsLaneAndIsAudited()
    {
        var response = await Raw("POST", "/api/v1/schedules/day/DY-A02/run", Why);

        Assert.Equal(202, (int)response.StatusCode);
        var rung = (await JsonAsync(response)).GetProperty("rung")[0];
        Assert.Equal("day/DY-A02/M", rung.GetProperty("duty").GetString());
        Assert.Equal("built-in", rung.GetProperty("source").GetString());
        var audit = (await Worker.Ledger.ReadAuditAsync(5, Token)).First(entry => entry.Action == "schedule run");
        Assert.Contains("thử", audit.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Concurrency_OfASource_IsLiveAndRevertible()
    {
        await SendAsync("POST", $"{Months}/run", Why);
        await SendAsync("PUT", "/api/v1/sources/built-in/concurrency", """{"concurrency":3,"why":"thử"}""");
        var lanes = Worker.Services.GetRequiredService<Worker.Scheduling.Lanes.LaneSet>();
        await UntilAsync(() => Task.FromResult(lanes.All.Any(lane => lane is { Name: "built-in", Limit: 3 })));

        await SendAsync("POST", "/api/v1/sources/built-in/revert", Why);
        await UntilAsync(() => Task.FromResult(lanes.All.Any(lane => lane is { Name: "built-in", Limit: 4 })));
    }

    [Fact]
    public async Task Writing_WithoutTheRight_ChangesNothing()
    {
        (string Method, string Path, string Body)[] calls =
        [
            ("PATCH", Months, Nine),
            ("POST", $"{Months}/preview", Nine),
            ("POST", $"{Months}/pause", Why),
            ("POST", $"{Months}/run", Why),
            ("PUT", "/api/v1/sources/built-in/concurrency", """{"concurrency":3,"why":"thử"}"""),
            ("POST", "/api/v1/backfills", Span()),
        ];
        var agency = await Worker.TokenAsync();
        var viewer = await Worker.TokenAsync(TokenRole.Viewer);
        var other = await Worker.TokenAsync(TokenRole.Operator, set: "cchc");
        foreach (var (method, path, body) in calls)
        {
            await ProblemAsync(await DutyApi.SendAsync(Worker, method, path, null, body), 401, "token-missing");
            await ProblemAsync(await DutyApi.SendAsync(Worker, method, path, agency, body), 403, "role-not-allowed");
            await ProblemAsync(await DutyApi.SendAsync(Worker, method, path, viewer, body), 403, "role-not-allowed");
            if (!path.EndsWith("preview", StringComparison.Ordinal))
                await ProblemAsync(await DutyApi.SendAsync(Worker, method, path, other, body), 403, "set-not-allowed");
        }
        Assert.Equal(0, (await ShownAsync()).GetProperty("changes").GetArrayLength());
    }

    private async Task<JsonElement> ShownAsync() => await JsonAsync(await Worker.Client.GetAsync(Months, Token));

    // The scheduler's own: what the ledger says is not yet what the worker does.
    private async Task<DateTimeOffset?> NextAsync()
    {
        var scheduler = await Worker.Services.GetRequiredService<ISchedulerFactory>().GetScheduler(Token);
        var duty = new Duty(Set, "DY-A02", Frequency.Month);
        return (await scheduler.GetTrigger(new(duty.ToString(), "collect"), Token))?.NextFireTimeUtc;
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        deadline.CancelAfter(TimeSpan.FromSeconds(10));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!await isSo())
            await timer.WaitForNextTickAsync(deadline.Token);
    }

    private Task<HttpResponseMessage> Raw(string method, string path, string body) =>
        DutyApi.SendAsync(Worker, method, path, secret, body);

    private async Task<JsonElement> SendAsync(string method, string path, string body)
    {
        var response = await Raw(method, path, body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Token));
        return await JsonAsync(response);
    }
}
