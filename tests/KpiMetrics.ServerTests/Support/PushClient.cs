using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace KpiMetrics.ServerTests.Support;

/// <summary>An office that pushes its reports, of <see cref="OfficeSet"/> unless it says otherwise, to a running worker.</summary>
internal sealed class PushClient(Uri api, string? secret) : IDisposable
{
    private readonly HttpClient client = new() { BaseAddress = api, Timeout = TimeSpan.FromMinutes(5) };

    /// <summary>With a new token of the office.</summary>
    public static async Task<PushClient> OfAsync(Installation installation, WorkerProcess worker, string agency)
    {
        var api = await worker.ApiAsync(Installation.Patience, TestContext.Current.CancellationToken);
        return new(api, await SecretAsync(installation, "--agency", agency));
    }

    /// <summary>A new token's secret.</summary>
    public static async Task<string> SecretAsync(Installation installation, params string[] arguments) =>
        (await installation.DoAsync(["token", "create", .. arguments])).First();

    public async Task<(HttpStatusCode Status, string Said)> PushAsync(
        string key,
        IEnumerable<string> rows,
        string set = OfficeSet.Code
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/v1/sets/{set}/observations");
        if (secret is not null)
            request.Headers.Authorization = new("Bearer", secret);
        request.Headers.Add("Idempotency-Key", key);
        request.Content = new StringContent(
            $"[{string.Join(',', rows)}]",
            Encoding.UTF8,
            new MediaTypeHeaderValue("application/json")
        );
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>One figure of indicator NG-A01 as it is pushed.</summary>
    public static string Row(string area, string period, int value, int measure = 1) =>
        FormattableString.Invariant(
            $$"""{"indicator":"NG-A01","measure":"NG-A01.{{measure:00}}","area":"{{area}}","period":"{{period}}","value":{{value}}}"""
        );

    public void Dispose() => client.Dispose();
}
