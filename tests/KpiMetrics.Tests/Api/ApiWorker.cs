using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Tests.Support;
using KpiMetrics.Worker.Api;
using KpiMetrics.Worker.Composition;
using KpiMetrics.Worker.Scheduling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KpiMetrics.Tests.Api;

/// <summary>A whole worker in this process, with its API on a free port of 127.0.0.1, the set <see cref="Set"/> and a ledger of its own.</summary>
internal sealed class ApiWorker : IAsyncDisposable
{
    public const string Set = "day";
    public const string Office = "Sở Tài chính";
    public const string Other = "Sở Y tế";

    private const string Yaml = """
        set: day
        name: Bộ chỉ số thử
        authority: UBND tỉnh
        decision: "1/QĐ-UBND"
        date: 2025-10-08
        prefix: DY
        areas: {level: province, within: "24"}
        regime:
          - {from: 2020-01-01, windows: calendar}
        groups:
          - code: A
            name: NHÓM A
            indicators:
              - code: DY-A01
                number: "1"
                name: Thu
                agency: Sở Tài chính
                frequencies: [H, M]
                measures:
                  - {code: DY-A01.01, name: Một, kind: flow, aggregation: sum}
                  - {code: DY-A01.02, name: Hai, kind: flow, aggregation: sum}
                  - {code: DY-A01.03, name: Bản tin, kind: text, aggregation: none}
              - code: DY-A02
                number: "2"
                name: Khám
                agency: Sở Y tế
                frequencies: [M]
                measures:
                  - {code: DY-A02.01, name: Lượt khám, kind: flow, aggregation: sum}

        """;

    private readonly TempFolder folder;
    private readonly Engine engine;
    private readonly IHost host;
    private readonly CancellationTokenSource stop = new();
    private readonly TaskCompletionSource isUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task running;

    private ApiWorker(TempFolder folder, Engine engine, IHost host)
    {
        (this.folder, this.engine, this.host) = (folder, engine, host);
        host.Services.GetRequiredService<ILoggerFactory>().AddProvider(Log);
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(isUp.SetResult);
        running = WorkerHost.RunAsync(host, engine, stop.Token);
    }

    public HttpClient Client { get; } = new() { Timeout = TimeSpan.FromMinutes(2) };

    public LogLines Log { get; } = new();

    public IServiceProvider Services => host.Services;

    public ITokens Tokens => engine.Ledger;

    public ILedger Ledger => engine.Ledger;

    public string LedgerFile => engine.Settings.LedgerFile;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static Task<ApiWorker> StartAsync(params string[] settings) => StartWithAsync("", settings);

    /// <param name="site">The site file; empty: none.</param>
    public static async Task<ApiWorker> StartWithAsync(string site, params string[] settings)
    {
        var home = new TempFolder();
        home.Write("sets/day.yaml", Yaml);
        if (site.Length > 0)
            home.Write("data/site.yaml", site);
        string[] all =
        [
            "--Api:Urls=http://127.0.0.1:0",
            "--Inbox:PollSeconds=3600",
            "--Alerting:PollSeconds=3600", // what a test has fired stays as it is
            "--Demo:Enabled=false",
            "--Logging:Console:LogLevel:Default=None",
            .. settings,
        ];
        var configured = new EngineSettings(home.File("data"), [home.File("sets")], EngineSettings.Configure(all));
        var opened = await Engine.OpenAsync(configured, TimeProvider.System.GetUtcNow(), Cancelled);
        var worker = new ApiWorker(home, opened, await WorkerHost.BuildAsync(opened, TimeProvider.System, Cancelled));
        await await Task.WhenAny(worker.isUp.Task, worker.running);
        worker.Client.BaseAddress = new(Assert.Single(ApiHost.AddressesOf(worker.host)));
        return worker;
    }

    /// <summary>Waits until the scheduler runs too: the API answers before it does.</summary>
    public async Task ReadyAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        while (!(await Client.GetAsync("/health/ready", patience.Token)).IsSuccessStatusCode)
            await Task.Delay(TimeSpan.FromMilliseconds(20), patience.Token);
    }

    /// <summary>A new token; its secret.</summary>
    public async Task<string> TokenAsync(
        TokenRole role = TokenRole.Agency,
        string? agency = Office,
        string? set = null,
        TimeSpan? lasts = null
    )
    {
        var secret = TokenSecret.Create();
        var at = TimeProvider.System.GetUtcNow();
        var office = role == TokenRole.Agency ? agency : null;
        var token = new NewToken("test", role, office, set, at + (lasts ?? TimeSpan.FromDays(1)));
        await Tokens.CreateTokenAsync(token, TokenSecret.HashOf(secret), "test", at, Cancelled);
        return secret;
    }

    public static string Row(string value, string period = "2026-10", string measure = "DY-A01.01", string area = "24") =>
        $$"""{"indicator":"{{measure[..6]}}","measure":"{{measure}}","area":"{{area}}","period":"{{period}}","value":{{value}}}""";

    public Task<HttpResponseMessage> PushAsync(string? secret, string body, string key = "key-00001", string query = "") =>
        PushAsync(secret, new StringContent(body, Encoding.UTF8, "application/json"), key, query);

    public async Task<HttpResponseMessage> PushAsync(string? secret, HttpContent body, string? key, string query = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/sets/{Set}/observations{query}") { Content = body };
        if (secret is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        request.Headers.ExpectContinue = body.Headers.ContentLength > 1024 * 1024; // as curl does
        return await Client.SendAsync(request, Cancelled);
    }

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(Cancelled);
        return text.Length > 0 ? JsonElement.Parse(text) : default;
    }

    /// <summary>Holds that the answer is a problem of this status and code, with nothing of the program's inside; returns it.</summary>
    public static async Task<JsonElement> ProblemAsync(HttpResponseMessage response, int status, string code)
    {
        var text = await response.Content.ReadAsStringAsync(Cancelled);
        Assert.Equal(
            (status, "application/problem+json"),
            ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType)
        );
        var problem = JsonElement.Parse(text);
        Assert.Equal((code, status), (problem.GetProperty("code").GetString(), problem.GetProperty("status").GetInt32()));
        Assert.NotEqual("", problem.GetProperty("detail").GetString());
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
        return problem;
    }

    /// <summary>How many figures the ledger has.</summary>
    public async Task<int> FiguresAsync()
    {
        var count = 0;
        await foreach (var series in engine.Ledger.ReadAsync(new FigureQuery(), Cancelled))
            count += series.Periods.Sum(period => period.Statements.Count);
        return count;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await stop.CancelAsync();
        await running;
        host.Dispose();
        stop.Dispose();
        folder.Dispose();
    }
}
