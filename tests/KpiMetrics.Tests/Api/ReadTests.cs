using System.Net;
using System.Text.Json;
using KpiMetrics.Tests.Commands;
using static KpiMetrics.Tests.Api.ApiWorker;

namespace KpiMetrics.Tests.Api;

public sealed class ReadTests : IAsyncLifetime
{
    private ApiWorker? started;

    private ApiWorker Worker => started ?? throw new InvalidOperationException("Not started.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        started = await StartAsync();
        await Worker.PushAsync(await Worker.TokenAsync(), $"[{Row("100", "2025-10")},{Row("150")},{Row("1", "2026-10-01T07")}]");
    }

    public ValueTask DisposeAsync() => Worker.DisposeAsync();

    [Fact]
    public async Task Series_ByCodes_HasTheFieldsOfTheExport()
    {
        var rows = await JsonAsync(
            await Worker.Client.GetAsync(
                $"/api/v1/sets/{Set}/series?indicator=DY-A01&measure=DY-A01.01&area=24&freq=M&from=2026-10&to=2026-10",
                Token
            )
        );

        var row = Assert.Single(rows.EnumerateArray());
        Assert.Equal("50", row.GetProperty("yoy").GetRawText());
        using var cli = new Cli();
        Assert.Equal(0, (await cli.ImportAsync([], "CC-F101,CC-F101.01,24,2025,60,")).Exit);
        var exported = JsonElement.Parse((await cli.RunAsync("export", "--set", "cchc", "--format", "json")).Out);
        string[] sometimes =
        [
            "pop_why",
            "yoy_why",
            "ytd_why",
            "ytd_have",
            "ytd_need",
            "ytd_yoy_why",
            "plan_why",
            "yoy_base_vintage",
        ];
        Assert.Equal(Names(exported[0]).Except(sometimes), Names(row).Except(sometimes));
    }

    [Theory]
    [InlineData("text/csv", "text/csv")]
    [InlineData("text/csv;q=0.5, application/json;q=0.9", "application/json")]
    [InlineData("*/*", "application/json")]
    public async Task Series_AcceptedType_IsAnswered(string accepted, string answered)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/sets/{Set}/series");
        request.Headers.Accept.ParseAdd(accepted);

        var response = await Worker.Client.SendAsync(request, Token);

        Assert.Equal(answered, response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("series?indicator=DY-A99", 404, "unknown-indicator")]
    [InlineData("series?measure=DY-A01.99", 404, "unknown-measure")]
    [InlineData("series?area=nix", 404, "unknown-area")]
    [InlineData("series?freq=X", 400, "bad-frequency")]
    [InlineData("series?from=yesterday", 400, "bad-period")]
    [InlineData("series?from=2026&to=2025", 400, "bad-period")]
    [InlineData("series?as_of=never", 400, "bad-request")]
    [InlineData("explain?series=DY-A01.01/24", 400, "bad-request")]
    [InlineData("explain?series=DY-A01.99/24&period=2026-10", 404, "unknown-series")]
    [InlineData("explain?series=DY-A01.01/24&period=2026-W01", 404, "unknown-series")]
    public async Task Read_WhatIsNotThere_SaysWhatIsAllowed(string path, int status, string code) =>
        await ProblemAsync(await Worker.Client.GetAsync($"/api/v1/sets/{Set}/{path}", Token), status, code);

    [Fact]
    public async Task Explain_AFigure_HasItsInputs()
    {
        var explained = await JsonAsync(
            await Worker.Client.GetAsync($"/api/v1/sets/{Set}/explain?series={Set}/DY-A01.01/24&period=2026-10", Token)
        );

        Assert.Equal(JsonValueKind.Object, explained.GetProperty("yoy").ValueKind);
    }

    [Fact]
    public async Task Sets_AndOneOfThem_AreListedAsByTheCommand()
    {
        using var cli = new Cli();

        Assert.Contains(
            (await JsonAsync(await Worker.Client.GetAsync("/api/v1/sets", Token))).EnumerateArray(),
            set => set.GetProperty("code").GetString() == Set
        );
        Assert.Equal(
            (await cli.RunAsync("catalog", "list", "--set", "cchc", "--json")).Out.Trim(),
            (await Worker.Client.GetStringAsync("/api/v1/sets/cchc", Token)).Trim()
        );
        await ProblemAsync(await Worker.Client.GetAsync("/api/v1/sets/nix", Token), 404, "unknown-set");
    }

    [Fact]
    public async Task Route_NotThereOrOtherMethod_IsAProblem()
    {
        await ProblemAsync(await Worker.Client.GetAsync("/nix", Token), 404, "not-found");
        var other = await Worker.Client.DeleteAsync("/api/v1/sets", Token);
        await ProblemAsync(other, 405, "method-not-allowed");
        Assert.Equal(["GET"], other.Content.Headers.Allow);
    }

    [Fact]
    public async Task Health_WorkerIsUp_IsLiveAndReady()
    {
        await Worker.ReadyAsync();
        Assert.Equal(HttpStatusCode.OK, (await Worker.Client.GetAsync("/health/live", Token)).StatusCode);
        var ready = await JsonAsync(await Worker.Client.GetAsync("/health/ready", Token));
        Assert.Equal(
            ["catalog", "ledger", "scheduler"],
            ready.GetProperty("checks").EnumerateArray().Select(check => check.GetString()).Order()
        );
    }

    [Fact]
    public async Task Health_LedgerGone_IsLiveButNotReadyAndAPushIsKeptFromIt()
    {
        await Worker.ReadyAsync();
        var secret = await Worker.TokenAsync();
        File.Move(Worker.LedgerFile, Worker.LedgerFile + ".away");

        Assert.Equal(HttpStatusCode.OK, (await Worker.Client.GetAsync("/health/live", Token)).StatusCode);
        var problem = await ProblemAsync(await Worker.Client.GetAsync("/health/ready", Token), 503, "not-ready");
        Assert.StartsWith("ledger: ", problem.GetProperty("errors")[0].GetString(), StringComparison.Ordinal);
        var pushed = await Worker.PushAsync(secret, $"[{Row("9")}]", "key-00009");
        Assert.Contains((int)pushed.StatusCode, (int[])[401, 503]);
        File.Move(Worker.LedgerFile + ".away", Worker.LedgerFile, overwrite: true);
    }

    private static IEnumerable<string> Names(JsonElement row) => row.EnumerateObject().Select(property => property.Name);
}
