using System.Text.Json;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Worker.Api.Gate;
using KpiMetrics.Worker.Api.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace KpiMetrics.Worker.Api;

/// <summary>What every endpoint says of itself.</summary>
internal static class EndpointExtensions
{
    /// <summary>The endpoint always needs a token, of one of the roles.</summary>
    public static RouteHandlerBuilder RequireRole(this RouteHandlerBuilder endpoint, params TokenRole[] roles) =>
        endpoint.WithMetadata(new AllowedRoles(roles)).ProducesProblem(StatusCodes.Status403Forbidden);

    /// <summary>The endpoint needs no token, wherever the call comes from; see <see cref="Gate.OpenToAll"/>.</summary>
    public static RouteHandlerBuilder OpenToAll(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new OpenToAll());

    /// <summary>What it answers when all is well.</summary>
    public static RouteHandlerBuilder Answers(this RouteHandlerBuilder endpoint, string type, params string[] others) =>
        endpoint.Produces<JsonElement>(StatusCodes.Status200OK, type, others);

    /// <summary>Its line in the document, and the problems it may answer besides those that every endpoint may (401, 429).</summary>
    public static RouteHandlerBuilder Describe(
        this RouteHandlerBuilder endpoint,
        string name,
        string summary,
        params int[] problems
    )
    {
        endpoint.WithName(name).WithSummary(summary);
        foreach (var status in problems.Concat([StatusCodes.Status401Unauthorized, StatusCodes.Status429TooManyRequests]))
            endpoint.ProducesProblem(status, ProblemWriter.ContentType);
        return endpoint;
    }
}
