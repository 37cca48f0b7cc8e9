using System.Globalization;
using System.Text;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Worker.Composition;
using KpiMetrics.Worker.Scheduling;
using KpiMetrics.Worker.Scheduling.Changes;

namespace KpiMetrics.Worker.Commands.Schedule;

/// <summary>The schedule as lines of text.</summary>
internal static class ScheduleText
{
    public static string List(IReadOnlyList<ScheduledJob> lines) =>
        lines.Count == 0 ? "no jobs" : string.Join(Environment.NewLine, lines.Select(Line));

    public static string Show(ScheduleListing listing)
    {
        var text = new StringBuilder().AppendLine(listing.Target.Key);
        foreach (var line in listing.Lines)
            text.AppendLine(Line(line));
        foreach (var job in listing.Jobs)
            text.AppendLine(Fires(job));
        text.Append(listing.History.Count == 0 ? "never changed" : "changes, newest first:");
        foreach (var version in listing.History)
            text.AppendLine().Append("  ").Append(Done(version));
        return text.ToString();
    }

    public static string Preview(ScheduleVerdict verdict)
    {
        var text = new StringBuilder().AppendJoin(Environment.NewLine, verdict.Jobs.Select(Fires));
        foreach (var (duty, open, upcoming, due) in verdict.Touched)
        {
            var next = due is { } instant ? $", next due {Clock(instant)}" : "";
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"{duty}: {open} obligations open, {upcoming} to come{next}");
        }
        return text.ToString();
    }

    public static string Done(ScheduleVersion version) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{version.Revision} {version.Action} {version.Target}: {Said(version.State)} (was: {Said(version.Before)}), {version.Actor}, {InstantText.Print(version.At)}: {version.Reason}"
        );

    /// <summary>What the word of a cron's origin is, in text and JSON.</summary>
    public static string Word(CronOrigin origin) =>
        origin switch
        {
            CronOrigin.BuiltIn => "built-in",
            CronOrigin.Settings => "settings",
            CronOrigin.Indicator => "indicator",
            _ => "duty",
        };

    private static string Line(ScheduledJob line)
    {
        var (job, next, waits, lastRun) = line;
        var when = (job.IsPaused, waits, next) switch
        {
            (true, _, _) => "paused",
            (_, true, _) => "waits for an emergency",
            (_, _, { } fire) => $"next {Clock(fire)}",
            _ => "never fires again",
        };
        var last = lastRun is { } run ? $"  last {Clock(run.At)} {run.Outcome}" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{job.Duty.ToString(), -22} {job.Cron, -20} {Word(job.Origin), -9} priority {job.Priority}  {when}{last}"
        );
    }

    private static string Fires(JobPreview preview)
    {
        var (job, fires) = preview;
        var paused = job.IsPaused ? ", paused" : "";
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"{job.Duty}: {job.Cron} ({Word(job.Origin)}), priority {job.Priority}{paused}"
        );
        if (job.IsPaused)
            return head;
        return string.Join(Environment.NewLine, fires.Select(fire => $"  {Day(fire)} {Clock(fire)}").Prepend(head));
    }

    private static string Said(ScheduleState state)
    {
        var parts = new List<string>();
        if (state.Cron is { } cron)
            parts.Add($"cron '{cron}'");
        if (state.Paused is { } paused)
            parts.Add(paused ? "paused" : "not paused");
        if (state.Priority is { } priority)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"priority {priority}"));
        if (state.Concurrency is { } concurrency)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"concurrency {concurrency}"));
        return parts.Count == 0 ? "nothing said" : string.Join(", ", parts);
    }

    private static string Day(DateTimeOffset at) => at.ToString("ddd", CultureInfo.InvariantCulture);

    private static string Clock(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, VietnamTime.Zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
