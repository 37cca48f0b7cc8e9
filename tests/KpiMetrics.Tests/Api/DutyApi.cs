using System.Net.Http.Headers;
using System.Text;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Tests.Support;
using KpiMetrics.Worker.Composition;
using Microsoft.Extensions.DependencyInjection;

namespace KpiMetrics.Tests.Api;

/// <summary>Obligations and emergencies of an <see cref="ApiWorker"/>.</summary>
internal static class DutyApi
{
    public static readonly Duty Months = new(ApiWorker.Set, "DY-A02", Frequency.Month);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public static Engine Engine(ApiWorker worker) => worker.Services.GetRequiredService<Engine>();

    /// <summary>The months 2026-09 and 2026-10 are obliged; emergencies 1 and 2 are in force, 3 is over.</summary>
    public static async Task PrepareAsync(ApiWorker worker)
    {
        var engine = Engine(worker);
        var plan = new ObligationPlan(engine.Catalog, TestCatalog.Zone);
        await engine.Ledger.CreateAsync(
            [.. plan.Of(Months, Period.Parse("2026-09"), Now), .. plan.Of(Months, Period.Parse("2026-10"), Now)],
            new Dictionary<Duty, Period>(),
            null,
            Token
        );
        foreach (var days in new[] { 1, 1, -1 })
        {
            var storm = new Emergency(0, "7", ["24@2025-07-01"], Now.AddDays(-2), Now.AddDays(days), Now, "test", null);
            await engine.Ledger.DeclareAsync(storm, "", Token);
        }
    }

    public static string Waiver(string action, string period) =>
        $$"""{"action":"{{action}}","indicator":"DY-A02","period":"{{period}}","why":"bão"}""";

    public static string Storm(int days = 2) =>
        $$"""{"areas":["24"],"order":"8/CĐ-UBND","until":"{{Now.AddDays(days).ToOffset(TimeSpan.FromHours(7)):yyyy-MM-dd'T'HH:mm}}","why":"bão"}""";

    public static async Task<HttpResponseMessage> SendAsync(
        ApiWorker worker,
        string method,
        string path,
        string? secret,
        string? body = null
    )
    {
        using var request = new HttpRequestMessage(new(method), path);
        if (secret is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return await worker.Client.SendAsync(request, Token);
    }
}
