using KpiMetrics.Pipeline.Ledger;
using static KpiMetrics.Tests.Api.ApiWorker;

namespace KpiMetrics.Tests.Api;

public sealed class DutyApiTests : IAsyncLifetime
{
    private const string Obligations = $"/api/v1/sets/{Set}/obligations";
    private const string Emergencies = "/api/v1/emergencies";

    private ApiWorker? started;

    private ApiWorker Worker => started ?? throw new InvalidOperationException("Not started.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        started = await StartAsync();
        await DutyApi.PrepareAsync(Worker);
    }

    public ValueTask DisposeAsync() => Worker.DisposeAsync();

    [Fact]
    public async Task List_OneMonth_HasItsStateAndTheFieldsOfTheCommand()
    {
        var list = await JsonAsync(
            await Worker.Client.GetAsync($"{Obligations}?indicator=DY-A02&freq=M&from=2026-09&to=2026-09&at=2026-09-30", Token)
        );

        var one = Assert.Single(list.EnumerateArray());
        Assert.Equal(("24", "upcoming"), (one.GetProperty("area").GetString(), one.GetProperty("state").GetString()));
        Assert.Equal("2026-10-05T17:00:00+07:00", one.GetProperty("due_at").GetString());
    }

    [Fact]
    public async Task List_Limit_IsKept() =>
        Assert.Single(
            (await JsonAsync(await Worker.Client.GetAsync($"{Obligations}?indicator=DY-A02&limit=1", Token))).EnumerateArray()
        );

    [Fact]
    public async Task List_SiteFileBrokenMeanwhile_IsByTheSourcesThatAreAsked()
    {
        await File.WriteAllTextAsync(Path.Combine(DutyApi.Engine(Worker).Settings.Data, "site.yaml"), "sources: [", Token);

        Assert.Equal(
            2,
            (
                await JsonAsync(
                    await Worker.Client.GetAsync($"{Obligations}?indicator=DY-A02&from=2026-09&to=2026-10&freq=M", Token)
                )
            ).GetArrayLength()
        );
    }

    [Theory]
    [InlineData("?state=late", 400, "bad-state")]
    [InlineData("?limit=0", 400, "bad-limit")]
    [InlineData("?indicator=DY-A09", 404, "unknown-indicator")]
    [InlineData("?from=2026-11&to=2026-10", 400, "bad-period")]
    public async Task List_WhatIsNotThere_IsAProblem(string query, int status, string code) =>
        await ProblemAsync(await Worker.Client.GetAsync(Obligations + query, Token), status, code);

    [Fact]
    public async Task Exempt_ByAnOperator_IsAuditedWithTokenAndReason()
    {
        var secret = await Worker.TokenAsync(TokenRole.Operator);

        var waived = await JsonAsync(await ExemptAsync(secret, "waive"));
        Assert.Equal("waived", Assert.Single(waived.EnumerateArray()).GetProperty("state").GetString());
        var audit = (await Worker.Ledger.ReadAuditAsync(20, Token)).First(entry => entry.Action == "exemption");
        Assert.StartsWith("token ", audit.Actor, StringComparison.Ordinal);
        Assert.Contains("(test)", audit.Actor, StringComparison.Ordinal);
        Assert.Contains("bão", audit.Details, StringComparison.Ordinal);

        var restored = await JsonAsync(await ExemptAsync(secret, "restore"));
        Assert.NotEqual("waived", restored[0].GetProperty("state").GetString());
        await ProblemAsync(await ExemptAsync(secret, "restore"), 409, "nothing-to-exempt");
        await ProblemAsync(await ExemptAsync(secret, "extend"), 400, "bad-until");
    }

    [Fact]
    public async Task Exempt_WithoutTheRight_ChangesNothing()
    {
        await ProblemAsync(await ExemptAsync(null, "waive"), 401, "token-missing");
        await ProblemAsync(await ExemptAsync(await Worker.TokenAsync(), "waive"), 403, "role-not-allowed");
        await ProblemAsync(await ExemptAsync(await Worker.TokenAsync(TokenRole.Viewer), "waive"), 403, "role-not-allowed");
        var other = await Worker.TokenAsync(TokenRole.Operator, set: "cchc");
        await ProblemAsync(await ExemptAsync(other, "waive"), 403, "set-not-allowed");
        await ProblemAsync(await DutyApi.SendAsync(Worker, "POST", Emergencies, other, DutyApi.Storm()), 403, "set-not-allowed");
        await ProblemAsync(await DutyApi.SendAsync(Worker, "DELETE", $"{Emergencies}/1?why=x", null), 401, "token-missing");

        var actions = (await Worker.Ledger.ReadAuditAsync(50, Token)).Select(entry => entry.Action).ToList();
        Assert.DoesNotContain("exemption", actions);
        Assert.DoesNotContain("emergency-stop", actions);
        Assert.Equal(3, actions.Count(action => action == "emergency-start"));
    }

    [Fact]
    public async Task Emergency_DeclaredExtendedAndStopped_IsListedEachTime()
    {
        var secret = await Worker.TokenAsync(TokenRole.Admin);

        var declared = await DutyApi.SendAsync(Worker, "POST", Emergencies, secret, DutyApi.Storm());
        Assert.Equal((201, $"{Emergencies}/4"), ((int)declared.StatusCode, declared.Headers.Location?.ToString()));
        var said = await JsonAsync(declared);
        Assert.Equal(
            (1, "DY-A01"),
            (said.GetProperty("areas").GetInt32(), said.GetProperty("indicators")[0].GetProperty("indicator").GetString())
        );

        var extended = await DutyApi.SendAsync(Worker, "PATCH", $"{Emergencies}/4", secret, DutyApi.Storm(days: 40));
        Assert.Single((await JsonAsync(extended)).GetProperty("warnings").EnumerateArray());
        var stopped = await JsonAsync(await DutyApi.SendAsync(Worker, "DELETE", $"{Emergencies}/4?why=tan", secret));
        Assert.Equal("stopped", stopped.GetProperty("state").GetString());
        await ProblemAsync(await DutyApi.SendAsync(Worker, "DELETE", $"{Emergencies}/4?why=tan", secret), 409, "emergency-over");
        await ProblemAsync(
            await DutyApi.SendAsync(Worker, "DELETE", $"{Emergencies}/9?why=tan", secret),
            404,
            "unknown-emergency"
        );
        await ProblemAsync(await DutyApi.SendAsync(Worker, "DELETE", $"{Emergencies}/1", secret), 400, "why-missing");

        var list = await JsonAsync(await Worker.Client.GetAsync(Emergencies, Token));
        Assert.Equal(
            ["in-force", "in-force", "expired", "stopped"],
            list.EnumerateArray().Select(of => of.GetProperty("state").GetString())
        );
    }

    private Task<HttpResponseMessage> ExemptAsync(string? secret, string action) =>
        DutyApi.SendAsync(Worker, "POST", $"{Obligations}/exemptions", secret, DutyApi.Waiver(action, "2026-10"));
}
