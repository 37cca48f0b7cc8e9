using KpiMetrics.Pipeline.Catalog;
using KpiMetrics.Worker.Commands;
using KpiMetrics.Worker.Composition;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace KpiMetrics.Worker.Api;

/// <summary>The indicator sets, as <c>catalog list --json</c> shows them.</summary>
internal static class CatalogEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/sets", (Engine engine) => Json(SetListing.Of(engine.Catalog, json: true)))
            .Describe("listSets", "The indicator sets.")
            .Answers("application/json");
        app.MapGet(
                "/api/v1/sets/{set}",
                (string set, Engine engine) => Json(CatalogDescription.ToJson(ApiCodes.Set(engine.Catalog, set)))
            )
            .Describe("listIndicators", "The indicators of a set with their measures.", 404)
            .Answers("application/json");
    }

    private static ContentHttpResult Json(string text) => TypedResults.Text(text, "application/json");
}
