using System.Net;
using KpiMetrics.Pipeline.Ledger;
using static KpiMetrics.Tests.Api.ApiWorker;

namespace KpiMetrics.Tests.Api;

public sealed class GateTests
{
    private static readonly string Rows = $"[{Row("1")}]";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Push_WithoutARightToken_IsRefusedAndNothingIsWrittenNorTheSecretLogged()
    {
        await using var worker = await StartAsync(
            "--Logging:LogLevel:Default=Trace",
            "--Logging:LogLevel:Microsoft.AspNetCore=Trace"
        );
        var expired = await worker.TokenAsync(lasts: TimeSpan.FromMilliseconds(-1));
        var revoked = await worker.TokenAsync();
        var last = (await worker.Tokens.ReadTokensAsync(Token))[^1].Id;
        await worker.Tokens.RevokeTokenAsync(last, "test", TimeProvider.System.GetUtcNow(), Token);
        var viewer = await worker.TokenAsync(TokenRole.Viewer);
        var foreign = await worker.TokenAsync(agency: Other);
        var stranger = await worker.TokenAsync(agency: "Sở Nội vụ");
        var elsewhere = await worker.TokenAsync(set: "cchc");
        var unknown = TokenSecret.Create();
        var good = await worker.TokenAsync();

        await ProblemAsync(await worker.PushAsync(null, Rows), 401, "token-missing");
        await ProblemAsync(await worker.PushAsync(unknown, Rows), 401, "token-unknown");
        await ProblemAsync(await worker.PushAsync(expired, Rows), 401, "token-expired");
        await ProblemAsync(await worker.PushAsync(revoked, Rows), 401, "token-revoked");
        await ProblemAsync(await worker.PushAsync(viewer, Rows), 403, "role-not-allowed");
        await ProblemAsync(await worker.PushAsync(stranger, Rows), 403, "agency-mismatch");
        await ProblemAsync(await worker.PushAsync(elsewhere, Rows), 403, "set-not-allowed");
        await ProblemAsync(
            await worker.PushAsync(good, Rows, query: $"?agency={Uri.EscapeDataString(Other)}"),
            403,
            "agency-mismatch"
        );
        var problem = await ProblemAsync(await worker.PushAsync(foreign, Rows), 403, "agency-mismatch");
        Assert.StartsWith("row 1: agency", problem.GetProperty("errors")[0].GetString(), StringComparison.Ordinal);

        Assert.Equal(0, await worker.FiguresAsync());
        Assert.DoesNotContain(await worker.Ledger.ReadAuditAsync(50, Token), entry => entry.Action == "report");
        Assert.Equal(HttpStatusCode.OK, (await worker.PushAsync(good, Rows)).StatusCode);
        Assert.Contains("401 token-expired", worker.Log.All, StringComparison.Ordinal);
        var written = await File.ReadAllBytesAsync(worker.LedgerFile, Token);
        var beside = await File.ReadAllBytesAsync($"{worker.LedgerFile}-wal", Token);
        foreach (var secret in (string[])[expired, revoked, viewer, foreign, stranger, elsewhere, unknown, good])
        {
            Assert.DoesNotContain(secret, worker.Log.All, StringComparison.Ordinal);
            Assert.DoesNotContain(secret["kpi_".Length..], worker.Log.All, StringComparison.Ordinal);
            var bytes = System.Text.Encoding.ASCII.GetBytes(secret["kpi_".Length..]);
            Assert.True(written.AsSpan().IndexOf(bytes) < 0 && beside.AsSpan().IndexOf(bytes) < 0);
        }
    }

    [Fact]
    public async Task Call_UnderAnotherSitesName_IsRefused()
    {
        await using var worker = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/sets");
        request.Headers.Host = "evil.example";

        await ProblemAsync(await worker.Client.SendAsync(request, Token), 400, "host-not-allowed");
    }

    [Fact]
    public async Task Call_RemoteAllowed_NeedsATokenOfAnyRoleEverywhere()
    {
        await using var worker = await StartAsync("--Api:AllowRemote=true");

        foreach (var path in (string[])["/api/v1/sets", "/metrics", "/openapi/v1.json", "/nix"])
            await ProblemAsync(await worker.Client.GetAsync(path, Token), 401, "token-missing");
        worker.Client.DefaultRequestHeaders.Authorization = new("Bearer", await worker.TokenAsync(TokenRole.Viewer));
        Assert.Equal(HttpStatusCode.OK, (await worker.Client.GetAsync("/api/v1/sets", Token)).StatusCode);
    }

    [Fact]
    public async Task Health_RemoteAllowed_NeedsNoTokenButABadOneIsRefused()
    {
        await using var worker = await StartAsync("--Api:AllowRemote=true");
        await worker.ReadyAsync();

        foreach (var path in (string[])["/health/live", "/health/ready"])
            Assert.Equal(HttpStatusCode.OK, (await worker.Client.GetAsync(path, Token)).StatusCode);
        worker.Client.DefaultRequestHeaders.Authorization = new("Bearer", TokenSecret.Create());
        await ProblemAsync(await worker.Client.GetAsync("/health/ready", Token), 401, "token-unknown");
    }

    [Fact]
    public async Task Health_RemoteAllowedAndNotReady_TellsStrangersWhatButNotWhy()
    {
        await using var worker = await StartAsync("--Api:AllowRemote=true");
        await worker.ReadyAsync();
        File.Move(worker.LedgerFile, worker.LedgerFile + ".away");

        var problem = await ProblemAsync(await worker.Client.GetAsync("/health/ready", Token), 503, "not-ready");

        Assert.Equal("Not ready: ledger.", problem.GetProperty("detail").GetString());
        Assert.Equal("ledger", Assert.Single(problem.GetProperty("errors").EnumerateArray()).GetString());
        File.Move(worker.LedgerFile + ".away", worker.LedgerFile, overwrite: true);
    }

    [Fact]
    public async Task Call_MoreThanAllowedInAMinute_Is429WithRetryAfter()
    {
        await using var worker = await StartAsync("--Api:ReadsPerMinute=3", "--Api:WritesPerMinute=1");
        var first = await worker.TokenAsync();
        var second = await worker.TokenAsync();

        for (var at = 0; at < 3; at++)
            Assert.Equal(HttpStatusCode.OK, (await worker.Client.GetAsync("/api/v1/sets", Token)).StatusCode);
        var refused = await worker.Client.GetAsync("/api/v1/sets", Token);
        await ProblemAsync(refused, 429, "too-many-calls");
        Assert.InRange(refused.Headers.RetryAfter?.Delta?.TotalSeconds ?? 0, 1, 60);
        Assert.Equal(HttpStatusCode.OK, (await worker.PushAsync(first, Rows)).StatusCode);
        await ProblemAsync(await worker.PushAsync(first, Rows), 429, "too-many-calls");
        Assert.Equal(HttpStatusCode.OK, (await worker.PushAsync(second, Rows)).StatusCode);
    }

    [Fact]
    public async Task Call_WithAToken_IsNotedOnIt()
    {
        await using var worker = await StartAsync();
        await worker.PushAsync(await worker.TokenAsync(), Rows);

        Assert.NotNull(Assert.Single(await worker.Tokens.ReadTokensAsync(Token)).LastUsedAt);
    }
}
