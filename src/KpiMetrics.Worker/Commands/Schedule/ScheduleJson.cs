using System.Text.Encodings.Web;
using System.Text.Json;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Worker.Scheduling.Changes;

namespace KpiMetrics.Worker.Commands.Schedule;

/// <summary>The schedule for programs.</summary>
internal static class ScheduleJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    public static string List(IReadOnlyList<ScheduledJob> lines) => JsonSerializer.Serialize(lines.Select(Line), Options);

    public static string Show(ScheduleListing listing) =>
        JsonSerializer.Serialize(
            new
            {
                target = listing.Target.Key,
                jobs = listing.Lines.Select(Line),
                fires = listing.Jobs.Select(Fires),
                changes = listing.History.Select(Version),
            },
            Options
        );

    public static string Verdict(ScheduleVerdict verdict) =>
        JsonSerializer.Serialize(
            new
            {
                done = verdict.Done is { } done ? Version(done) : null,
                faults = verdict.Faults.Select(Remark),
                warnings = verdict.Warnings.Select(Remark),
                jobs = verdict.Jobs.Select(Fires),
                obligations = verdict.Touched.Select(touched => new
                {
                    duty = touched.Duty.ToString(),
                    open = touched.Open,
                    upcoming = touched.Upcoming,
                    next_due = Instant(touched.NextDue),
                }),
            },
            Options
        );

    private static object Line(ScheduledJob line) =>
        new
        {
            duty = line.Job.Duty.ToString(),
            cron = line.Job.Cron,
            says = ScheduleText.Word(line.Job.Origin),
            paused = line.Job.IsPaused,
            priority = line.Job.Priority,
            waits_for_emergency = line.WaitsForEmergency,
            next = Instant(line.Next),
            last_run = Instant(line.LastRun?.At),
            last_outcome = line.LastRun?.Outcome,
        };

    private static object Fires(JobPreview preview) =>
        new
        {
            duty = preview.Job.Duty.ToString(),
            cron = preview.Job.Cron,
            says = ScheduleText.Word(preview.Job.Origin),
            paused = preview.Job.IsPaused,
            priority = preview.Job.Priority,
            fires = preview.Fires.Select(InstantText.Print),
        };

    private static object Version(ScheduleVersion version) =>
        new
        {
            revision = version.Revision,
            action = version.Action,
            target = version.Target.Key,
            at = InstantText.Print(version.At),
            who = version.Actor,
            why = version.Reason,
            before = State(version.Before),
            after = State(version.State),
        };

    private static object State(ScheduleState state) =>
        new
        {
            cron = state.Cron,
            paused = state.Paused,
            priority = state.Priority,
            concurrency = state.Concurrency,
        };

    private static object Remark(ScheduleRemark remark) => new { code = remark.Code, message = remark.Message };

    private static string? Instant(DateTimeOffset? at) => at is { } instant ? InstantText.Print(instant) : null;
}
