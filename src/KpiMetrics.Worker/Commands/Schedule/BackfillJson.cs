using System.Text.Json;
using KpiMetrics.Worker.Scheduling.Backfills;

namespace KpiMetrics.Worker.Commands.Schedule;

/// <summary>Backfills for programs.</summary>
internal static class BackfillJson
{
    public static string Questions(IReadOnlyList<BackfillQuestion> questions) =>
        JsonSerializer.Serialize(
            questions.Select(question => new
            {
                duty = question.Duty.ToString(),
                source = question.Source,
                from = question.Periods[0].ToString(),
                to = question.Periods[^1].ToString(),
                periods = question.Periods.Count,
            }),
            ScheduleJson.Options
        );

    public static string Result(BackfillResult result) => JsonSerializer.Serialize(Record(result), ScheduleJson.Options);

    public static string Run(BackfillRun run) => JsonSerializer.Serialize(Record(run), ScheduleJson.Options);

    public static string Runs(IEnumerable<BackfillRun> runs) =>
        JsonSerializer.Serialize(runs.Select(Record), ScheduleJson.Options);

    private static object Record(BackfillRun run)
    {
        var (state, done, result, endedAt) = run.Now;
        return new
        {
            id = run.Id,
            set = run.Set,
            who = run.Who,
            why = run.Why,
            state = state switch
            {
                BackfillState.Running => "running",
                BackfillState.Done => "done",
                BackfillState.Stopped => "stopped",
                _ => "failed",
            },
            questions = run.Questions,
            done,
            began_at = InstantText.Print(run.BeganAt),
            ended_at = endedAt is { } ended ? InstantText.Print(ended) : null,
            result = result is null ? null : Record(result),
        };
    }

    private static object Record(BackfillResult result) =>
        new
        {
            answered = result.Answered,
            failed = result.Failed,
            recorded = result.Recorded,
            repeated = result.Repeated,
            refused = result.Refused,
        };
}
