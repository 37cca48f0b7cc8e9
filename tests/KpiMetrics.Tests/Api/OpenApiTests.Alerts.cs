using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Tests.Api;

/// <summary>The calls about alerts.</summary>
public sealed partial class OpenApiTests
{
    private static Dictionary<(string Operation, string Status), Call[]> OfAlerts()
    {
        const string One = AlertApi.Root + "/{id}";
        var calls = new Dictionary<(string Operation, string Status), Call[]>
        {
            [($"GET {AlertApi.Root}", "200")] = [new(AlertApi.Root)],
            [($"GET {AlertApi.Root}", "400")] = [new($"{AlertApi.Root}?state=late")],
            [($"GET {AlertApi.Root}", "404")] = [new($"{AlertApi.Root}?set=nix")],
            [($"GET {One}", "200")] = [new($"{AlertApi.Root}/1")],
            [($"GET {One}", "400")] = [new($"{AlertApi.Root}/nix")],
            [($"GET {One}", "404")] = [new($"{AlertApi.Root}/99")],
        };
        Add("acknowledge", """{"why":"đang hỏi"}""", done: 1, refused: 2, bad: "{");
        Add("explain", """{"text":"mất điện","link":"https://vi.du/1"}""", done: 1, refused: 3, bad: "{}");
        Add("reopen", """{"why":"chưa đúng"}""", done: 2, refused: 4, bad: "{}");
        return calls;

        void Add(string action, string body, int done, int refused, string bad)
        {
            var operation = $"POST {One}/{action}";
            calls[(operation, "200")] = [ByOperator($"{AlertApi.Root}/{done}/{action}", body)];
            calls[(operation, "400")] = [ByOperator($"{AlertApi.Root}/{done}/{action}", bad)];
            calls[(operation, "403")] = [ByOperator($"{AlertApi.Root}/{done}/{action}", body) with { Role = TokenRole.Viewer }];
            calls[(operation, "404")] = [ByOperator($"{AlertApi.Root}/99/{action}", body)];
            calls[(operation, "409")] = [ByOperator($"{AlertApi.Root}/{refused}/{action}", body)];
            calls[(operation, "415")] = [ByOperator($"{AlertApi.Root}/{done}/{action}", body) with { Type = "application/xml" }];
        }
    }
}
