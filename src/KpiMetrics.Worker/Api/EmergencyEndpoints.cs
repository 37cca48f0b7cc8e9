using System.Text.Json;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Worker.Api.Gate;
using KpiMetrics.Worker.Api.Problems;
using KpiMetrics.Worker.Commands;
using KpiMetrics.Worker.Commands.Emergencies;
using KpiMetrics.Worker.Commands.Obligations;
using KpiMetrics.Worker.Composition;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace KpiMetrics.Worker.Api;

/// <summary>Emergencies, as the command <c>emergency</c> has them.</summary>
internal static class EmergencyEndpoints
{
    private const string Root = "/api/v1/emergencies";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Root, ListAsync)
            .Describe("listEmergencies", "Every emergency there ever was, with its state.")
            .Answers("application/json");
        app.MapPost(Root, StartAsync)
            .RequireRole(TokenRole.Operator, TokenRole.Admin)
            .Describe("declareEmergency", "Declare an emergency: its areas report by the hour.", 400, 415)
            .Produces<JsonElement>(201, "application/json");
        app.MapPatch(Root + "/{id}", ExtendAsync)
            .RequireRole(TokenRole.Operator, TokenRole.Admin)
            .Describe("extendEmergency", "Let an emergency last longer.", 400, 404, 409, 415)
            .Answers("application/json");
        app.MapDelete(Root + "/{id}", StopAsync)
            .RequireRole(TokenRole.Operator, TokenRole.Admin)
            .Describe("stopEmergency", "End an emergency now; what was due stays due.", 400, 404, 409)
            .Answers("application/json");
    }

    private static async Task<IResult> ListAsync(Engine engine, TimeProvider clock, CancellationToken cancellationToken)
    {
        var all = await engine.Ledger.ReadEmergenciesAsync(cancellationToken);
        return TypedResults.Text(EmergencyText.ToJson(engine.Catalog, all, clock.GetUtcNow()), "application/json");
    }

    private static async Task<IResult> StartAsync(EmergencyBody body, Engine engine, TimeProvider clock, HttpContext context)
    {
        var at = clock.GetUtcNow();
        var effect = await Desk(engine)
            .StartAsync(
                body.Areas ?? [],
                body.Order ?? "",
                InstantText.Parse("from", body.From),
                Until(body),
                Actor(context),
                body.Why ?? "",
                at,
                context.RequestAborted
            );
        context.Response.Headers.Location = FormattableString.Invariant($"{Root}/{effect.Emergency.Id}");
        return Json(engine, effect, at, StatusCodes.Status201Created);
    }

    private static async Task<IResult> ExtendAsync(
        long id,
        EmergencyBody body,
        Engine engine,
        TimeProvider clock,
        HttpContext context
    )
    {
        var at = clock.GetUtcNow();
        var (until, who, why) = (Until(body), Actor(context), body.Why ?? "");
        var effect = await Desk(engine).ExtendAsync(id, until, who, why, at, context.RequestAborted);
        return Json(engine, effect, at, StatusCodes.Status200OK);
    }

    private static async Task<IResult> StopAsync(long id, string? why, Engine engine, TimeProvider clock, HttpContext context)
    {
        var at = clock.GetUtcNow();
        var stopped = await Desk(engine).StopAsync(id, Actor(context), why ?? "", at, context.RequestAborted);
        return Json(EmergencyText.Record(engine.Catalog, stopped, at), StatusCodes.Status200OK);
    }

    private static EmergencyDesk Desk(Engine engine) => new(engine.Catalog, engine.Ledger, VietnamTime.Zone, "");

    private static DateTimeOffset Until(EmergencyBody body) =>
        InstantText.Parse("until", body.Until)
        ?? throw new ProblemException(400, "bad-until", "until is missing: say when it ends by itself.");

    // An emergency is of areas, whatever sets they report to.
    private static string Actor(HttpContext context)
    {
        var token = context.Token();
        return token.Set is { } only
            ? throw new ProblemException(403, "set-not-allowed", $"The token is for set {only}; an emergency is of every set.")
            : token.Actor();
    }

    private static ContentHttpResult Json(Engine engine, EmergencyEffect effect, DateTimeOffset at, int status) =>
        Json(
            new
            {
                emergency = EmergencyText.Record(engine.Catalog, effect.Emergency, at),
                indicators = effect.Indicators.Select(of => new { set = of.Set, indicator = of.Indicator.Code }),
                areas = effect.Areas,
                first_hour = effect.FirstHour.ToString(),
                first_due_at = InstantText.Print(effect.FirstDue),
                warnings = effect.Warnings,
            },
            status
        );

    private static ContentHttpResult Json(object record, int status) =>
        TypedResults.Text(JsonSerializer.Serialize(record, ObligationJson.Options), "application/json", null, status);
}
