using KpiMetrics.Core.Alerting;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Worker.Api.Gate;
using KpiMetrics.Worker.Api.Problems;
using KpiMetrics.Worker.Commands.Alerts;
using KpiMetrics.Worker.Composition;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace KpiMetrics.Worker.Api;

/// <summary>Alerts, as the command <c>alerts</c> has them. An office takes on and explains its own, but no threshold of an emergency.</summary>
internal static class AlertEndpoints
{
    private const string Root = "/api/v1/alerts";
    private const string One = Root + "/{id}";
    private const int DefaultLimit = 1000;
    private const int HighestLimit = 100_000;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Root, ListAsync)
            .Describe("listAlerts", "What somebody must act on, the worst and oldest first.", 400, 404)
            .Answers("application/json");
        app.MapGet(One, ShowAsync)
            .Describe("readAlert", "One alert and all that ever happened to it.", 400, 404)
            .Answers("application/json");
        app.MapPost(One + "/acknowledge", AcknowledgeAsync)
            .RequireRole(TokenRole.Agency, TokenRole.Operator, TokenRole.Admin)
            .Describe("acknowledgeAlert", "Take an alert on: it stays open, and goes no further up.", 400, 404, 409, 415)
            .Answers("application/json");
        app.MapPost(One + "/explain", ExplainAsync)
            .RequireRole(TokenRole.Agency, TokenRole.Operator, TokenRole.Admin)
            .Describe("explainAlert", "Say why an alert is so: nobody need act on it.", 400, 404, 409, 415)
            .Answers("application/json");
        app.MapPost(One + "/reopen", ReopenAsync)
            .RequireRole(TokenRole.Agency, TokenRole.Operator, TokenRole.Admin)
            .Describe("reopenAlert", "Open an alert again: only evidence from now on closes it.", 400, 404, 409, 415)
            .Answers("application/json");
    }

    private static async Task<IResult> ListAsync(
        string? set,
        string? agency,
        string? kind,
        string? state,
        int? limit,
        Engine engine,
        CancellationToken cancellationToken
    )
    {
        var most = limit ?? DefaultLimit;
        if (most is < 1 or > HighestLimit)
            throw new ProblemException(400, "bad-limit", $"limit is {most}; allowed: 1..{HighestLimit}.");
        var code = set is null ? null : ApiCodes.Set(engine.Catalog, set).Code;
        var query = new AlertFilterReader("").Read(code, agency, kind, state) with { Limit = most };
        return Json(AlertJson.List(engine.Catalog, await engine.Ledger.ReadAlertsAsync(query, cancellationToken)));
    }

    private static async Task<IResult> ShowAsync(long id, Engine engine, CancellationToken cancellationToken)
    {
        var desk = Desk(engine);
        var alert = await desk.FindAsync(Name(id), cancellationToken);
        return Json(AlertJson.One(engine.Catalog, alert, await desk.HistoryAsync(alert, cancellationToken)));
    }

    private static async Task<IResult> AcknowledgeAsync(
        long id,
        ReasonBody body,
        Engine engine,
        TimeProvider clock,
        HttpContext context
    )
    {
        var token = context.Token();
        var alert = await Desk(engine)
            .AcknowledgeAsync(Name(id), token.Actor(), body.Why, Check(token), clock.GetUtcNow(), context.RequestAborted);
        return Json(AlertJson.One(engine.Catalog, alert, null));
    }

    private static async Task<IResult> ExplainAsync(
        long id,
        ExplanationBody body,
        Engine engine,
        TimeProvider clock,
        HttpContext context
    )
    {
        var token = context.Token();
        var (at, cancelled) = (clock.GetUtcNow(), context.RequestAborted);
        var alert = await Desk(engine).ExplainAsync(Name(id), token.Actor(), body.Text, body.Link, Check(token), at, cancelled);
        return Json(AlertJson.One(engine.Catalog, alert, null));
    }

    private static async Task<IResult> ReopenAsync(
        long id,
        ReasonBody body,
        Engine engine,
        TimeProvider clock,
        HttpContext context
    )
    {
        var token = context.Token();
        var alert = await Desk(engine)
            .ReopenAsync(Name(id), token.Actor(), body.Why, Check(token), clock.GetUtcNow(), context.RequestAborted);
        return Json(AlertJson.One(engine.Catalog, alert, null));
    }

    private static Action<Alert> Check(Token token) =>
        alert =>
        {
            if (token.Set is { } only && only != alert.Concern.Set)
                throw new ProblemException(
                    403,
                    "set-not-allowed",
                    $"The token is for set {only}; the alert is of {alert.Concern.Set}."
                );
            if (token.Role != TokenRole.Agency)
                return;
            if (alert.Concern.Agency is not { } agency || !PrintedText.IsSame(agency, token.Agency ?? ""))
            {
                throw new ProblemException(
                    403,
                    "agency-not-allowed",
                    $"The token is for '{token.Agency}'; the alert is {(alert.Concern.Agency is { } other ? $"for '{other}'" : "for no office")}."
                );
            }
            if (alert.Concern.Kind == AlertKind.Threshold)
                throw new ProblemException(
                    403,
                    "role-not-allowed",
                    "A threshold is acknowledged by an operator, not by an office."
                );
        };

    private static AlertDesk Desk(Engine engine) => new(engine.Ledger, "");

    private static string Name(long id) => FormattableString.Invariant($"{id}");

    private static ContentHttpResult Json(string text) => TypedResults.Text(text, "application/json");
}
