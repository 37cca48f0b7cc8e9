using System.Text;
using System.Text.Json;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using static KpiMetrics.Tests.Api.ApiWorker;

namespace KpiMetrics.Tests.Api;

/// <summary>Holds the document against the running server: what it says occurs, and what is served is in it.</summary>
public sealed partial class OpenApiTests
{
    private const string Document = "/openapi/v1.json";
    private const string Push = "/api/v1/sets/{set}/observations";
    private const string Series = "/api/v1/sets/{set}/series";
    private const string Explain = "/api/v1/sets/{set}/explain";
    private const string Obligations = "/api/v1/sets/{set}/obligations";
    private const string Emergencies = "/api/v1/emergencies";
    private static readonly string Good = $"[{Row("1")}]";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>How each documented status is brought about, besides those that every operation has.</summary>
    private static readonly Dictionary<(string Operation, string Status), Call[]> Others = new()
    {
        [("GET /health/live", "200")] = [new("/health/live")],
        [("GET /health/ready", "200")] = [new("/health/ready")],
        [("GET /health/ready", "503")] = [new("/health/ready") { IsLedgerAway = true }],
        [("GET /metrics", "200")] = [new("/metrics")],
        [("GET /api/v1/sets", "200")] = [new("/api/v1/sets")],
        [("GET /api/v1/sets/{set}", "200")] = [new($"/api/v1/sets/{Set}")],
        [("GET /api/v1/sets/{set}", "404")] = [new("/api/v1/sets/nix")],
        [($"GET {Series}", "200")] =
        [
            new($"/api/v1/sets/{Set}/series"),
            new($"/api/v1/sets/{Set}/series") { Accept = "text/csv" },
        ],
        [($"GET {Series}", "400")] = [new($"/api/v1/sets/{Set}/series?freq=X")],
        [($"GET {Series}", "404")] = [new("/api/v1/sets/nix/series")],
        [($"GET {Explain}", "200")] = [new($"/api/v1/sets/{Set}/explain?series=DY-A01.01/24&period=2026-10")],
        [($"GET {Explain}", "400")] = [new($"/api/v1/sets/{Set}/explain?series=DY-A01.01/24&period=nix")],
        [($"GET {Explain}", "404")] = [new($"/api/v1/sets/{Set}/explain?series=DY-A09.01/24&period=2026-10")],
        [($"POST {Push}", "200")] = [Pushed() with { Body = Good }],
        [($"POST {Push}", "400")] = [Pushed() with { Body = "{" }],
        [($"POST {Push}", "403")] = [Pushed() with { Role = TokenRole.Viewer }],
        [($"POST {Push}", "404")] = [Pushed() with { Path = "/api/v1/sets/nix/observations" }],
        [($"POST {Push}", "409")] = [Pushed() with { Key = "key-of-before" }],
        [($"POST {Push}", "413")] = [Pushed() with { Body = new string(' ', 2 * 1024 * 1024) }],
        [($"POST {Push}", "415")] = [Pushed() with { Type = "application/xml" }],
        [($"GET {Obligations}", "200")] = [new($"/api/v1/sets/{Set}/obligations")],
        [($"GET {Obligations}", "400")] = [new($"/api/v1/sets/{Set}/obligations?state=late")],
        [($"GET {Obligations}", "404")] = [new("/api/v1/sets/nix/obligations")],
        [($"GET {Obligations}/rates", "200")] = [new($"/api/v1/sets/{Set}/obligations/rates")],
        [($"GET {Obligations}/rates", "400")] = [new($"/api/v1/sets/{Set}/obligations/rates?freq=X")],
        [($"GET {Obligations}/rates", "404")] = [new("/api/v1/sets/nix/obligations/rates")],
        [($"POST {Obligations}/exemptions", "200")] = [Exempted() with { Body = DutyApi.Waiver("waive", "2026-10") }],
        [($"POST {Obligations}/exemptions", "400")] = [Exempted() with { Body = DutyApi.Waiver("forget", "2026-10") }],
        [($"POST {Obligations}/exemptions", "403")] = [Exempted() with { Role = TokenRole.Agency }],
        [($"POST {Obligations}/exemptions", "404")] = [Exempted() with { Path = "/api/v1/sets/nix/obligations/exemptions" }],
        [($"POST {Obligations}/exemptions", "409")] = [Exempted() with { Body = DutyApi.Waiver("restore", "2026-09") }],
        [($"POST {Obligations}/exemptions", "415")] = [Exempted() with { Type = "application/xml" }],
        [($"GET {Emergencies}", "200")] = [new(Emergencies)],
        [($"POST {Emergencies}", "201")] = [Emergency(Emergencies) with { Body = DutyApi.Storm() }],
        [($"POST {Emergencies}", "400")] = [Emergency(Emergencies)],
        [($"POST {Emergencies}", "403")] = [Emergency(Emergencies) with { Role = TokenRole.Viewer }],
        [($"POST {Emergencies}", "415")] = [Emergency(Emergencies) with { Type = "application/xml" }],
        [($"PATCH {Emergencies}/{{id}}", "200")] = [Emergency($"{Emergencies}/1") with { Body = DutyApi.Storm(days: 9) }],
        [($"PATCH {Emergencies}/{{id}}", "400")] = [Emergency($"{Emergencies}/1")],
        [($"PATCH {Emergencies}/{{id}}", "403")] = [Emergency($"{Emergencies}/1") with { Role = TokenRole.Agency }],
        [($"PATCH {Emergencies}/{{id}}", "404")] = [Emergency($"{Emergencies}/99") with { Body = DutyApi.Storm() }],
        [($"PATCH {Emergencies}/{{id}}", "409")] = [Emergency($"{Emergencies}/3") with { Body = DutyApi.Storm() }],
        [($"PATCH {Emergencies}/{{id}}", "415")] = [Emergency($"{Emergencies}/1") with { Type = "application/xml" }],
        [($"DELETE {Emergencies}/{{id}}", "200")] = [Emergency($"{Emergencies}/2?why=x") with { Body = null }],
        [($"DELETE {Emergencies}/{{id}}", "400")] = [Emergency($"{Emergencies}/1") with { Body = null }],
        [($"DELETE {Emergencies}/{{id}}", "403")] =
        [
            Emergency($"{Emergencies}/1?why=x") with
            {
                Body = null,
                Role = TokenRole.Viewer,
            },
        ],
        [($"DELETE {Emergencies}/{{id}}", "404")] = [Emergency($"{Emergencies}/99?why=x") with { Body = null }],
        [($"DELETE {Emergencies}/{{id}}", "409")] = [Emergency($"{Emergencies}/3?why=x") with { Body = null }],
    };

    private static readonly Dictionary<(string Operation, string Status), Call[]> Calls = new(
        Others.Concat(OfSchedules()).Concat(OfAlerts())
    );

    [Fact]
    public async Task Document_EveryEndpoint_IsInIt()
    {
        await using var worker = await StartAsync();
        var mapped = worker
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint =>
                endpoint
                    .Metadata.GetRequiredMetadata<HttpMethodMetadata>()
                    .HttpMethods.Select(method => $"{method} {endpoint.RoutePattern.RawText}")
            )
            .Where(endpoint => endpoint != $"GET {Document}")
            .Order();

        var document = await DocumentAsync(worker);

        Assert.Equal(mapped, Operations(document).Select(operation => operation.Name).Order());
    }

    [Fact]
    public async Task Document_EveryStatusAndContentType_Occurs()
    {
        await using var office = new LoopbackServer((_, _, _, token) => Task.Delay(Timeout.Infinite, token));
        await using var worker = await StartWithAsync(SilentSite(office), ["--Api:MaxBodyMegabytes=1", .. Never]);
        await worker.ReadyAsync();
        await worker.PushAsync(await worker.TokenAsync(), Good);
        await DutyApi.PrepareAsync(worker);
        await AlertApi.PrepareAsync(worker);
        await PrepareAsync(worker);
        var document = await DocumentAsync(worker);
        var missing = new List<string>();
        foreach (var (name, operation) in Operations(document))
        {
            foreach (var response in operation.GetProperty("responses").EnumerateObject())
            {
                if (response.Name is "default" or "429")
                    continue; // 429: below, with a limit that is soon reached
                if (!CallsOf(name, response.Name, out var calls))
                    missing.Add($"{name} {response.Name}: the test knows no way to bring it about");
                var answered = new HashSet<string>(StringComparer.Ordinal);
                foreach (var call in calls)
                {
                    var (status, type) = await SendAsync(worker, name.Split(' ')[0], call);
                    answered.Add($"{status} {type}");
                }
                if (!response.Value.TryGetProperty("content", out var content))
                {
                    missing.Add($"{name} {response.Name}: says nothing of what it answers");
                    continue;
                }
                var said = content.EnumerateObject().Select(type => $"{response.Name} {type.Name}");
                if (!answered.SetEquals(said))
                    missing.Add($"{name}: says {string.Join(", ", said)}; is {string.Join(", ", answered)}");
            }
        }
        Assert.Empty(missing);
        Assert.Equal(
            Calls.Keys.Select(key => $"{key.Operation} {key.Status}").Order(),
            Operations(document)
                .SelectMany(operation =>
                    operation
                        .Operation.GetProperty("responses")
                        .EnumerateObject()
                        .Select(response => $"{operation.Name} {response.Name}")
                )
                .Where(status => status.Split(' ')[^1] is not ("default" or "429" or "401"))
                .Order()
        );
    }

    [Fact]
    public async Task Document_TooManyCalls_IsWhatEveryOperationMayAnswer()
    {
        await using var worker = await StartAsync("--Api:ReadsPerMinute=1", "--Api:WritesPerMinute=1");
        var document = await DocumentAsync(worker);
        using var push = new HttpRequestMessage(HttpMethod.Post, Push.Replace("{set}", Set, StringComparison.Ordinal));
        await worker.Client.SendAsync(push, Token);

        foreach (var (name, operation) in Operations(document))
        {
            Assert.True(operation.GetProperty("responses").TryGetProperty("429", out _), name);
            var (status, type) = await SendAsync(worker, name.Split(' ')[0], new(Plain(name)) { HasToken = false });
            Assert.Equal((429, "application/problem+json"), (status, type));
        }
    }

    [Fact]
    public async Task Document_RequiredParameters_AreRequiredAndOthersAreNot()
    {
        await using var worker = await StartAsync();
        await worker.PushAsync(await worker.TokenAsync(), Good);
        var document = await DocumentAsync(worker);
        foreach (var (name, operation) in Operations(document))
        {
            if (!operation.TryGetProperty("parameters", out var parameters))
                continue;
            var required = parameters
                .EnumerateArray()
                .Where(of => of.TryGetProperty("required", out var is_) && is_.GetBoolean())
                .Select(of => of.GetProperty("name").GetString() ?? "")
                .Where(of => of is not ("set" or "id" or "indicator" or "name"))
                .ToList();
            Assert.Equal(
                name switch
                {
                    $"GET {Explain}" => ["series", "period"],
                    $"POST {Push}" => ["Idempotency-Key"],
                    _ => (string[])[],
                },
                required
            );
        }
        // Each left out alone is 400; the calls of 200 have no other parameter.
        var method = "GET";
        foreach (var left in (string[])["series=DY-A01.01/24", "period=2026-10"])
            Assert.Equal(
                (400, "application/problem+json"),
                await SendAsync(worker, method, new($"/api/v1/sets/{Set}/explain?{left}"))
            );
        Assert.Equal(
            (400, "application/problem+json"),
            await SendAsync(worker, "POST", Pushed() with { Body = Good, Key = null })
        );
    }

    private static string Plain(string name) =>
        name.Split(' ')[1]
            .Replace("{set}", Set, StringComparison.Ordinal)
            .Replace("{id}", "1", StringComparison.Ordinal)
            .Replace("{indicator}", "DY-A02", StringComparison.Ordinal)
            .Replace("{name}", "built-in", StringComparison.Ordinal);

    private static Call Exempted() =>
        new($"/api/v1/sets/{Set}/obligations/exemptions")
        {
            Body = DutyApi.Waiver("waive", "2026-10"),
            Role = TokenRole.Operator,
        };

    private static Call Emergency(string path) => new(path) { Body = "{}", Role = TokenRole.Operator };

    private static Call Pushed() => new($"/api/v1/sets/{Set}/observations") { Key = "key-of-document", Body = "[]" };

    private static bool CallsOf(string operation, string status, out Call[] calls)
    {
        if (status == "401")
            calls = [new(Plain(operation)) { IsTokenUnknown = true }];
        else if (!Calls.TryGetValue((operation, status), out calls!)) // set to null where there is none, and replaced below
            calls = [];
        return calls.Length > 0;
    }

    private static async Task<(int Status, string? Type)> SendAsync(ApiWorker worker, string method, Call call)
    {
        if (call.IsLedgerAway)
            File.Move(worker.LedgerFile, $"{worker.LedgerFile}.away");
        if (call.Key == "key-of-before")
        {
            await worker.PushAsync(call.Secret = await worker.TokenAsync(), Good, call.Key);
            call = call with { Body = "[]" };
        }
        using var request = new HttpRequestMessage(new(method), call.Path);
        if (call.Accept is not null)
            request.Headers.Accept.ParseAdd(call.Accept);
        if (call.Body is { } body)
            request.Content = new StringContent(body, Encoding.UTF8, call.Type);
        request.Headers.ExpectContinue = call.Body is { Length: > 1024 * 1024 };
        if (call.Key is { } key)
            request.Headers.Add("Idempotency-Key", key);
        if (call.IsTokenUnknown)
            request.Headers.Authorization = new("Bearer", TokenSecret.Create());
        else if (method != "GET" && call.HasToken)
            request.Headers.Authorization = new("Bearer", call.Secret ?? await worker.TokenAsync(call.Role));
        using var response = await worker.Client.SendAsync(request, Token);
        if (call.IsLedgerAway)
            File.Move($"{worker.LedgerFile}.away", worker.LedgerFile, overwrite: true);
        return ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType);
    }

    private static async Task<JsonElement> DocumentAsync(ApiWorker worker) =>
        await JsonAsync(await worker.Client.GetAsync(Document, Token));

    private static IEnumerable<(string Name, JsonElement Operation)> Operations(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select ($"{operation.Name.ToUpperInvariant()} {path.Name}", operation.Value);

    private sealed record Call(string Path)
    {
        public string? Accept { get; init; }
        public string? Body { get; init; }
        public string Type { get; init; } = "application/json";
        public string? Key { get; init; }
        public string? Secret { get; set; }
        public TokenRole Role { get; init; } = TokenRole.Agency;
        public bool HasToken { get; init; } = true;
        public bool IsTokenUnknown { get; init; }
        public bool IsLedgerAway { get; init; }
    }
}
