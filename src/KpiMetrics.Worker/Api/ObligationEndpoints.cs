using KpiMetrics.Core.Catalog;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Worker.Api.Gate;
using KpiMetrics.Worker.Api.Problems;
using KpiMetrics.Worker.Commands;
using KpiMetrics.Worker.Commands.Obligations;
using KpiMetrics.Worker.Composition;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace KpiMetrics.Worker.Api;

/// <summary>Obligations, rates, extensions and waivers, as the command <c>obligations</c> has them.</summary>
internal static class ObligationEndpoints
{
    private const string Root = "/api/v1/sets/{set}/obligations";
    private const int DefaultLimit = 1000;
    private const int HighestLimit = 100_000;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Root, ListAsync)
            .Describe("listObligations", "What must be reported, its state and whose fault lateness looks like.", 400, 404)
            .Answers("application/json");
        app.MapGet($"{Root}/rates", RatesAsync)
            .Describe("readRates", "How much came, and came in time, by agency and frequency.", 400, 404)
            .Answers("application/json");
        app.MapPost($"{Root}/exemptions", ExemptAsync)
            .RequireRole(TokenRole.Operator, TokenRole.Admin)
            .Describe("exemptObligations", "Extend or waive obligations, or take that back.", 400, 404, 409, 415)
            .Answers("application/json");
    }

    private static async Task<IResult> ListAsync(
        string set,
        string? indicator,
        string? area,
        string? agency,
        string? freq,
        string? from,
        string? to,
        string? state,
        string? at,
        int? limit,
        Engine engine,
        PulledSet sources,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var most = limit ?? DefaultLimit;
        if (most is < 1 or > HighestLimit)
            throw new ProblemException(400, "bad-limit", $"limit is {most}; allowed: 1..{HighestLimit}.");
        var reader = new ObligationFilterReader(engine.Catalog, "");
        var filter = Filter(reader, reader.Set(set), indicator, area, agency, freq, from, to, at, clock) with
        {
            States = reader.States(state),
        };
        var lines = await Desk(engine, sources).ReadAsync(filter, cancellationToken).Take(most).ToListAsync(cancellationToken);
        return Json(ObligationJson.Of(lines));
    }

    private static async Task<IResult> RatesAsync(
        string set,
        string? indicator,
        string? area,
        string? agency,
        string? freq,
        string? from,
        string? to,
        string? at,
        Engine engine,
        PulledSet sources,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var reader = new ObligationFilterReader(engine.Catalog, "");
        var filter = Filter(reader, reader.Set(set), indicator, area, agency, freq, from, to, at, clock);
        return Json(ObligationJson.Of(await Desk(engine, sources).RatesAsync(filter, cancellationToken)));
    }

    private static async Task<IResult> ExemptAsync(
        string set,
        ExemptionBody body,
        Engine engine,
        PulledSet sources,
        TimeProvider clock,
        HttpContext context
    )
    {
        var token = context.Token();
        var reader = new ObligationFilterReader(engine.Catalog, "");
        var of = reader.Set(set);
        if (token.Set is { } only && only != of.Code)
            throw new ProblemException(403, "set-not-allowed", $"The token is for set {only}; the call is for {of.Code}.");
        if (body.Indicator is null || body.Period is null)
            throw new ProblemException(400, "bad-request", "indicator and period are needed.");
        var (action, at) = (body.ReadAction(), clock.GetUtcNow());
        var until = action == ExemptionAction.Extend ? InstantText.Parse("until", body.Until) : null;
        var (first, last) = reader.Span("period", body.Period);
        var filter = Filter(reader, of, body.Indicator, body.Area, body.Agency, null, null, null, null, clock) with
        {
            Frequency = first.Frequency,
            From = first,
            To = last,
        };
        var desk = Desk(engine, sources);
        var touched = await desk.TouchedAsync(filter, action, until, context.RequestAborted);
        await desk.ExemptAsync(touched, action, until, token.Actor(), body.Why ?? "", at, context.RequestAborted);
        var after = desk.ReadAsync(filter with { At = at }, context.RequestAborted);
        var keys = touched.Select(line => ObligationKey.Of(line.Obligation)).ToHashSet();
        return Json(
            ObligationJson.Of(
                await after.Where(line => keys.Contains(ObligationKey.Of(line.Obligation))).ToListAsync(context.RequestAborted)
            )
        );
    }

    // By the sources that this process asks: the site file may be another by now.
    private static ObligationDesk Desk(Engine engine, PulledSet sources) =>
        new(engine.Catalog, engine.Ledger, engine.Ledger, sources.IsPulled);

    private static ObligationFilter Filter(
        ObligationFilterReader reader,
        IndicatorSet set,
        string? indicator,
        string? area,
        string? agency,
        string? freq,
        string? from,
        string? to,
        string? at,
        TimeProvider clock
    )
    {
        var filter = new ObligationFilter(
            set.Code,
            reader.Indicator(set, indicator),
            reader.Areas(area),
            reader.Agency(set, agency),
            reader.Frequency(freq),
            reader.Period("from", from),
            reader.Period("to", to),
            [],
            InstantText.Parse("at", at) ?? clock.GetUtcNow()
        );
        reader.CheckSpan(filter.From, filter.To);
        return filter;
    }

    private static ContentHttpResult Json(string text) => TypedResults.Text(text, "application/json");
}
