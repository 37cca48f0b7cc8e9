using System.Text.Json;
using KpiMetrics.Pipeline.Ledger;
using static KpiMetrics.Tests.Api.AlertApi;
using static KpiMetrics.Tests.Api.ApiWorker;

namespace KpiMetrics.Tests.Api;

public sealed class AlertApiTests : IAsyncLifetime
{
    private ApiWorker? started;

    private ApiWorker Worker => started ?? throw new InvalidOperationException("Not started.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        started = await StartAsync();
        await PrepareAsync(Worker);
    }

    public ValueTask DisposeAsync() => Worker.DisposeAsync();

    [Theory]
    [InlineData("", "1 2 4 5")]
    [InlineData("?state=resolved", "3")]
    [InlineData("?state=acknowledged,resolved", "2 3")]
    [InlineData("?kind=threshold", "4")]
    [InlineData("?agency=Sở Tài chính&state=firing,resolved", "3")]
    [InlineData("?limit=1", "1")]
    [InlineData("?set=day&kind=missing", "2")]
    public async Task List_ByWhatIsAsked_HasThoseAlerts(string query, string ids)
    {
        var list = await JsonAsync(await Worker.Client.GetAsync(Root + query, Token));

        Assert.Equal(ids.Split(' '), list.EnumerateArray().Select(one => one.GetProperty("id").GetRawText()));
    }

    [Theory]
    [InlineData("?state=late", 400, "bad-state")]
    [InlineData("?kind=late", 400, "bad-kind")]
    [InlineData("?limit=0", 400, "bad-limit")]
    [InlineData("?set=nix", 404, "unknown-set")]
    [InlineData("/99", 404, "unknown-alert")]
    public async Task Read_WhatCannotBe_IsAProblem(string query, int status, string code) =>
        await ProblemAsync(await Worker.Client.GetAsync(Root + query, Token), status, code);

    [Fact]
    public async Task Acknowledge_ByItsOffice_IsKeptWithWhoAndWhy()
    {
        var secret = await Worker.TokenAsync(agency: "sở  y tế");

        var done = await JsonAsync(await SendAsync("1/acknowledge", secret, """{"why":"đang hỏi xã"}"""));
        Assert.Equal("acknowledged", done.GetProperty("state").GetString());

        var shown = await JsonAsync(await Worker.Client.GetAsync($"{Root}/1", Token));
        var last = shown.GetProperty("events").EnumerateArray().Last();
        Assert.Equal(("acknowledged", "đang hỏi xã"), (Text(last, "step"), Text(last, "why")));
        Assert.StartsWith("token 1 ", Text(last, "who"), StringComparison.Ordinal);
        Assert.Equal("alert-acknowledged", (await Worker.Ledger.ReadAuditAsync(1, Token))[0].Action);
    }

    [Fact]
    public async Task Explain_ThenReopen_GoesThroughItsStates()
    {
        var secret = await Worker.TokenAsync(TokenRole.Operator);

        var explained = await JsonAsync(await SendAsync("1/explain", secret, """{"text":"lũ","link":"https://vi.du/1"}"""));
        Assert.Equal(
            ("explained", "lũ", "https://vi.du/1"),
            (Text(explained, "state"), Text(explained, "explanation"), Text(explained, "link"))
        );
        var open = await JsonAsync(await SendAsync("1/reopen", secret, """{"why":"không phải vì lũ"}"""));
        Assert.Equal(("firing", null), (Text(open, "state"), Text(open, "explanation")));
    }

    [Theory]
    [InlineData("3/acknowledge", 409, "alert-state")]
    [InlineData("2/acknowledge", 409, "alert-state")]
    [InlineData("1/reopen", 409, "alert-state")]
    [InlineData("99/explain", 404, "unknown-alert")]
    [InlineData("4/acknowledge", 400, "why-missing", "{}")]
    [InlineData("4/acknowledge", 400, "why-missing", """{"why":"  "}""")]
    [InlineData("4/explain", 400, "text-missing", """{"text":" "}""")]
    [InlineData("1/explain", 400, "text-missing", "{}")]
    [InlineData("1/explain", 400, "bad-link", """{"text":"x","link":"javascript:alert(1)"}""")]
    [InlineData("2/reopen", 400, "why-missing", "{}")]
    public async Task Change_WhatCannotBe_IsAProblem(
        string path,
        int status,
        string code,
        string body = """{"why":"x","text":"x"}"""
    )
    {
        var secret = await Worker.TokenAsync(TokenRole.Operator);

        await ProblemAsync(await SendAsync(path, secret, body), status, code);
    }

    [Theory]
    [InlineData("1", Office, null, "agency-not-allowed")]
    [InlineData("5", Other, null, "agency-not-allowed")] // of no office
    [InlineData("4", Other, null, "role-not-allowed")] // a threshold
    [InlineData("1", Other, "cchc", "set-not-allowed")]
    public async Task Change_ByWhoMayNot_IsForbidden(string id, string agency, string? set, string code)
    {
        var secret = await Worker.TokenAsync(agency: agency, set: set);

        foreach (var action in (string[])["acknowledge", "explain", "reopen"])
            await ProblemAsync(await SendAsync($"{id}/{action}", secret, """{"why":"x","text":"x"}"""), 403, code);
    }

    [Fact]
    public async Task Acknowledge_AThresholdByAnOperatorWhoSaysWhy_IsKeptWithTheReason()
    {
        var secret = await Worker.TokenAsync(TokenRole.Operator);

        var done = await JsonAsync(await SendAsync("4/acknowledge", secret, """{"why":"đã báo xã sơ tán"}"""));

        Assert.Equal("acknowledged", Text(done, "state"));
        var shown = await JsonAsync(await Worker.Client.GetAsync($"{Root}/4", Token));
        Assert.Equal("đã báo xã sơ tán", Text(shown.GetProperty("events").EnumerateArray().Last(), "why"));
        Assert.Equal("alert-acknowledged", (await Worker.Ledger.ReadAuditAsync(1, Token))[0].Action);
    }

    [Fact]
    public async Task Change_AThresholdByAViewer_IsForbidden()
    {
        var secret = await Worker.TokenAsync(TokenRole.Viewer);

        foreach (var action in (string[])["acknowledge", "explain", "reopen"])
            await ProblemAsync(await SendAsync($"4/{action}", secret, """{"why":"x","text":"x"}"""), 403, "role-not-allowed");
    }

    [Fact]
    public async Task Change_ByAViewer_IsForbidden() =>
        await ProblemAsync(
            await SendAsync("1/acknowledge", await Worker.TokenAsync(TokenRole.Viewer), "{}"),
            403,
            "role-not-allowed"
        );

    private Task<HttpResponseMessage> SendAsync(string path, string secret, string body) =>
        DutyApi.SendAsync(Worker, "POST", $"{Root}/{path}", secret, body);

    private static string? Text(JsonElement of, string name) => of.GetProperty(name).GetString();
}
