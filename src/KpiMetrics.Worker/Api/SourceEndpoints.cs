using System.Text.Json;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Pipeline.Sources.Http;
using KpiMetrics.Pipeline.Sources.Sql;
using KpiMetrics.Worker.Api.Gate;
using KpiMetrics.Worker.Api.Problems;
using KpiMetrics.Worker.Commands;
using KpiMetrics.Worker.Commands.Schedule;
using KpiMetrics.Worker.Composition;
using KpiMetrics.Worker.Scheduling.Changes;
using KpiMetrics.Worker.Scheduling.Lanes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KpiMetrics.Worker.Api;

/// <summary>The sources that are asked, how they fare, and how many duties of one are at work at once.</summary>
internal static class SourceEndpoints
{
    private const string Root = "/api/v1/sources";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Root, ListAsync)
            .Describe("listSources", "The sources that are asked: whom they serve, whether they answer, what waits for them.")
            .Answers("application/json");
        app.MapPut(Root + "/{name}/concurrency", LimitAsync)
            .RequireRole(TokenRole.Operator, TokenRole.Admin)
            .Describe("limitSource", "Change how many duties of a source are at work at once, live.", 400, 404, 415)
            .Answers("application/json");
        app.MapPost(Root + "/{name}/revert", RevertAsync)
            .RequireRole(TokenRole.Operator, TokenRole.Admin)
            .Describe("revertSource", "Take back the last change of a source; once more, the one before.", 400, 404, 409, 415)
            .Answers("application/json");
    }

    private static async Task<IResult> ListAsync(
        Engine engine,
        PulledSet sources,
        LaneSet lanes,
        CancellationToken cancellationToken
    )
    {
        var askings = await engine.Ledger.SummarizeAskingsAsync(cancellationToken);
        var rows = sources.All.Select(source =>
        {
            var options = source.Options;
            var lane = lanes.All.FirstOrDefault(lane => lane.Name == options.Name);
            var asked = askings.FirstOrDefault(of => of.Source == options.Name && of.Set == options.Set);
            return new
            {
                name = options.Name,
                kind = Kind(options),
                set = options.Set,
                indicators = options.Indicators.Count > 0 ? options.Indicators : null,
                left_alone = source.Break is { } pause ? Break(pause) : null,
                // Of all sources with the name together.
                lane = lane is null ? null : Lane(lane),
                asked = asked is null ? null : Asked(asked),
            };
        });
        return ScheduleAnswers.Json(JsonSerializer.Serialize(rows, ScheduleJson.Options));
    }

    private static async Task<IResult> LimitAsync(
        string name,
        ConcurrencyBody body,
        ScheduleDesk desk,
        PulledSet sources,
        TimeProvider clock,
        HttpContext context
    )
    {
        var actor = Actor(context, sources, name);
        var most = body.Concurrency ?? throw new ProblemException(400, "bad-concurrency", "concurrency is missing.");
        return ScheduleAnswers.Changed(
            await desk.LimitAsync(name, most, actor, body.Why ?? "", clock.GetUtcNow(), context.RequestAborted)
        );
    }

    private static async Task<IResult> RevertAsync(
        string name,
        ReasonBody body,
        ScheduleDesk desk,
        PulledSet sources,
        TimeProvider clock,
        HttpContext context
    )
    {
        var actor = Actor(context, sources, name);
        return ScheduleAnswers.Changed(
            await desk.RevertLimitAsync(name, actor, body.Why ?? "", clock.GetUtcNow(), context.RequestAborted)
        );
    }

    private static string Actor(HttpContext context, PulledSet sources, string name)
    {
        var token = context.Token();
        if (token.Set is { } only && (name == LaneSet.BuiltIn || Others(only).Any()))
            throw new ProblemException(403, "set-not-allowed", $"The token is for set {only}; source {name} serves others too.");
        return token.Actor();

        IEnumerable<IPulledSource> Others(string set) =>
            sources.All.Where(source => source.Options.Name == name && source.Options.Set != set);
    }

    private static string Kind(SourceOptions options) =>
        options switch
        {
            HttpSourceOptions => "http",
            SqlSourceOptions => "sql",
            _ => options.GetType().Name,
        };

    private static object Break(SourceBreak pause) =>
        new
        {
            since = InstantText.Print(pause.Since),
            until = InstantText.Print(pause.Until),
            failures = pause.Failures,
            failing_since = InstantText.Print(pause.FailingSince),
            why = pause.Why,
        };

    private static object Lane(SourceLane lane) =>
        new
        {
            waiting = lane.Waiting,
            running = lane.Running,
            limit = lane.Limit,
            oldest_wait_seconds = Math.Round(lane.OldestWait.TotalSeconds, 3),
        };

    private static object Asked(SourceAskings asked) =>
        new
        {
            duties = asked.Duties,
            failing = asked.Failing,
            last_asked_at = InstantText.Print(asked.AskedAt),
            last_answered_at = asked.AnsweredAt is { } at ? InstantText.Print(at) : null,
        };
}
