using System.Text.Json;
using KpiMetrics.Worker.Api.Gate;
using KpiMetrics.Worker.Api.Metrics;
using KpiMetrics.Worker.Api.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KpiMetrics.Worker.Api;

/// <summary>Whether the process turns, whether it can work, and its figures.</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => TypedResults.Text("""{"status":"live"}""", "application/json"))
            .Describe("isLive", "The process turns.")
            .OpenToAll()
            .Answers("application/json");
        app.MapGet("/health/ready", ReadyAsync)
            .Describe("isReady", "Ledger, catalog and scheduler are in order; else 503 says which is not.", 503)
            .OpenToAll()
            .Answers("application/json");
        app.MapGet("/metrics", (MetricsPage page) => TypedResults.Text(page.Text(), MetricsPage.ContentType))
            .Describe("readMetrics", "The engine's figures in Prometheus' text format 0.0.4.")
            .Answers("text/plain");
    }

    private static async Task<IResult> ReadyAsync(
        HttpContext context,
        ApiOptions options,
        IEnumerable<IReadyCheck> checks,
        CancellationToken cancellationToken
    )
    {
        // What is wrong names files and servers: nothing for strangers.
        var tellsWhy = !options.AllowRemote || context.FindToken() is not null;
        var faults = new List<string>();
        var names = new List<string>();
        foreach (var check in checks)
        {
            names.Add(check.Name);
            if (await check.FindFaultAsync(cancellationToken) is { } fault)
                faults.Add(tellsWhy ? $"{check.Name}: {fault}" : check.Name);
        }
        return faults.Count == 0
            ? TypedResults.Text(JsonSerializer.Serialize(new { status = "ready", checks = names }), "application/json")
            : throw new ProblemException(503, "not-ready", $"Not ready: {string.Join("; ", faults)}.", faults);
    }
}
