using System.Text.Json;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Worker.Api.Gate;
using KpiMetrics.Worker.Api.Problems;
using KpiMetrics.Worker.Commands.Schedule;
using KpiMetrics.Worker.Composition;
using KpiMetrics.Worker.Scheduling;
using KpiMetrics.Worker.Scheduling.Backfills;
using KpiMetrics.Worker.Scheduling.Changes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace KpiMetrics.Worker.Api;

/// <summary>Spans of the past that sources are asked for, as the command <c>backfill</c> does, in the background.</summary>
internal static class BackfillEndpoints
{
    private const string Root = "/api/v1/backfills";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Root, (BackfillRuns runs) => ScheduleAnswers.Json(BackfillJson.Runs(runs.All)))
            .Describe("listBackfills", "The backfills since the worker started, newest first.")
            .Answers("application/json");
        app.MapGet(Root + "/{id}", Find)
            .Describe("readBackfill", "How far a backfill is, and what came of it.", 400, 404)
            .Answers("application/json");
        app.MapPost(Root, BeginAsync)
            .RequireRole(TokenRole.Operator, TokenRole.Admin)
            .Describe(
                "beginBackfill",
                "Ask the sources for a span of the past, in the background; with dry_run only list the questions.",
                400,
                404,
                409,
                415
            )
            .Answers("application/json")
            .Produces<JsonElement>(202, "application/json");
    }

    private static ContentHttpResult Find(int id, BackfillRuns runs) =>
        runs.All.FirstOrDefault(run => run.Id == id) is { } found
            ? ScheduleAnswers.Json(BackfillJson.Run(found))
            : throw new ProblemException(
                404,
                "unknown-backfill",
                $"There is no backfill {id}; those of before the worker started are in the audit trail."
            );

    private static async Task<IResult> BeginAsync(
        BackfillBody body,
        Engine engine,
        ScheduleSeams seams,
        BackfillRuns runs,
        TimeProvider clock,
        HttpContext context
    )
    {
        var (token, at) = (context.Token(), clock.GetUtcNow());
        if (body is not { Set: { } set, From: { } from, To: { } to })
            throw new ProblemException(400, "bad-request", "set, from and to are needed.");
        ScheduleAnswers.CheckSet(token, set);
        var scope = new BackfillScope(set, from, to, body.Indicator, body.Source);
        // The emergencies of now: those the worker keeps may be of before.
        var questions = scope.Questions(engine, seams with { WasEmergency = new DutyFacts(engine).WasEmergency }, at, "");
        if (body.DryRun ?? false)
            return ScheduleAnswers.Json(BackfillJson.Questions(questions));
        if (string.IsNullOrWhiteSpace(body.Why))
            throw ScheduleAnswers.Refused(ScheduleDesk.NoReason);
        if (questions.Count == 0)
            throw new ProblemException(400, "nothing-to-ask", "No source serves anything of this span.");
        if (runs.IsAtWork(set))
            throw AtWork(set);
        await engine.Ledger.NoteAsync(
            token.Actor(),
            "backfill",
            new
            {
                set,
                from,
                to,
                indicator = body.Indicator,
                source = body.Source,
                questions = questions.Count,
                reason = body.Why,
            },
            at,
            context.RequestAborted
        );
        var run = runs.Begin(set, questions, token.Actor(), body.Why) ?? throw AtWork(set);
        context.Response.Headers.Location = FormattableString.Invariant($"{Root}/{run.Id}");
        return ScheduleAnswers.Json(BackfillJson.Run(run), StatusCodes.Status202Accepted);
    }

    private static ProblemException AtWork(string set) =>
        new(409, "backfill-running", $"A backfill of {set} is at work; {Root} shows how far it is.");
}
