using System.Text.Json;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Worker.Commands.Schedule;
using KpiMetrics.Worker.Composition;
using KpiMetrics.Worker.Scheduling;
using KpiMetrics.Worker.Scheduling.Changes;
using KpiMetrics.Worker.Scheduling.Lanes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KpiMetrics.Worker.Api;

/// <summary>When indicators are looked after, as the command <c>schedule</c> has it; <c>freq</c> narrows a call to one frequency.</summary>
internal static class ScheduleEndpoints
{
    private const string Root = "/api/v1/schedules";
    private const string One = Root + "/{set}/{indicator}";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Root, ListAsync)
            .Describe("listSchedules", "Every job: when it looks for figures, who said so, what came of it last.", 404)
            .Answers("application/json");
        app.MapGet(One, ShowAsync)
            .Describe("readSchedule", "The jobs of an indicator, their next fires and every change ever made.", 404)
            .Answers("application/json");
        app.MapPost(One + "/preview", PreviewAsync)
            .RequireRole(TokenRole.Operator, TokenRole.Admin)
            .Describe("previewSchedule", "What a change would mean: next fires, obligations, warnings.", 400, 404, 415)
            .Answers("application/json");
        app.MapPatch(One, ChangeAsync)
            .RequireRole(TokenRole.Operator, TokenRole.Admin)
            .Describe("changeSchedule", "Another cron or priority, live; with warnings only who insists.", 400, 404, 409, 415)
            .Answers("application/json");
        app.MapPost(One + "/pause", ([AsParameters] ScheduleCall call, ReasonBody body) => SwitchAsync(call, body, pauses: true))
            .RequireRole(TokenRole.Operator, TokenRole.Admin)
            .Describe("pauseSchedule", "Look for nothing of an indicator until it is resumed.", 400, 404, 415)
            .Answers("application/json");
        app.MapPost(
                One + "/resume",
                ([AsParameters] ScheduleCall call, ReasonBody body) => SwitchAsync(call, body, pauses: false)
            )
            .RequireRole(TokenRole.Operator, TokenRole.Admin)
            .Describe("resumeSchedule", "Look for an indicator's figures again, and at once.", 400, 404, 415)
            .Answers("application/json");
        app.MapPost(One + "/revert", RevertAsync)
            .RequireRole(TokenRole.Operator, TokenRole.Admin)
            .Describe("revertSchedule", "Take back the last change; once more, the one before.", 400, 404, 409, 415)
            .Answers("application/json");
        app.MapPost(One + "/run", RunAsync)
            .RequireRole(TokenRole.Operator, TokenRole.Admin)
            .Describe("runSchedule", "Ring the jobs now, paused or not; last_outcome tells what came of it.", 400, 404, 415)
            .Produces<JsonElement>(202, "application/json");
    }

    private static async Task<IResult> ListAsync(
        string? set,
        Engine engine,
        ScheduleDesk desk,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var code = set is null ? null : ApiCodes.Set(engine.Catalog, set).Code;
        return ScheduleAnswers.Json(ScheduleJson.List(await desk.ListAsync(code, clock.GetUtcNow(), cancellationToken)));
    }

    private static async Task<IResult> ShowAsync([AsParameters] ScheduleCall call)
    {
        var (listing, fault) = await call.Desk.ShowAsync(call.Of, call.At, call.Cancelled);
        return listing is null
            ? throw ScheduleAnswers.Refused(fault ?? new("unknown-indicator", call.Of))
            : ScheduleAnswers.Json(ScheduleJson.Show(listing));
    }

    private static async Task<IResult> PreviewAsync([AsParameters] ScheduleCall call, ScheduleBody body)
    {
        var change = new ScheduleChange(call.Of, "", "") { Cron = body.Cron, Priority = body.Priority };
        return ScheduleAnswers.Preview(await call.Desk.PreviewAsync(change, call.At, call.Cancelled));
    }

    private static async Task<IResult> ChangeAsync([AsParameters] ScheduleCall call, ScheduleBody body)
    {
        var change = new ScheduleChange(call.Of, call.Actor(), body.Why ?? "") { Cron = body.Cron, Priority = body.Priority };
        var verdict = await call.Desk.ChangeAsync(change, body.Insist ?? false, call.At, call.Cancelled);
        return ScheduleAnswers.Changed(verdict);
    }

    private static async Task<IResult> SwitchAsync(ScheduleCall call, ReasonBody body, bool pauses)
    {
        var change = new ScheduleChange(call.Of, call.Actor(), body.Why ?? "") { Paused = pauses };
        return ScheduleAnswers.Changed(await call.Desk.ChangeAsync(change, insists: true, call.At, call.Cancelled));
    }

    private static async Task<IResult> RevertAsync([AsParameters] ScheduleCall call, ReasonBody body) =>
        ScheduleAnswers.Changed(await call.Desk.RevertAsync(call.Of, call.Actor(), body.Why ?? "", call.At, call.Cancelled));

    // The lanes do it, with their limits: a source that hangs must not hold the call, nor be asked the same twice at once.
    private static async Task<IResult> RunAsync(
        [AsParameters] ScheduleCall call,
        ReasonBody body,
        Engine engine,
        ScheduleSeams seams
    )
    {
        var (actor, at) = (call.Actor(), call.At);
        if (ScheduleSelection.Find(engine.Catalog, call.Of, LocalDay.Of(at), out var fault) is not { } selection)
            throw ScheduleAnswers.Refused(fault ?? new("unknown-indicator", call.Of));
        if (string.IsNullOrWhiteSpace(body.Why))
            throw ScheduleAnswers.Refused(ScheduleDesk.NoReason);
        await engine.Ledger.NoteAsync(
            actor,
            "schedule run",
            new { target = selection.Target.Key, reason = body.Why },
            at,
            call.Cancelled
        );
        foreach (var duty in selection.Duties)
            call.Lanes.Ring(duty, PlannedJob.HighestPriority);
        var rung = selection.Duties.SelectMany(
            duty => seams.SourcesOf(duty).DefaultIfEmpty(LaneSet.BuiltIn),
            (duty, source) => new { duty = duty.ToString(), source }
        );
        return ScheduleAnswers.Json(JsonSerializer.Serialize(new { rung }, ScheduleJson.Options), StatusCodes.Status202Accepted);
    }
}
