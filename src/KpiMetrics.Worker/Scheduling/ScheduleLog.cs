using KpiMetrics.Core.Obligations;
using Microsoft.Extensions.Logging;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>The lines of scheduling, one id each: 4xxx.</summary>
internal static partial class ScheduleLog
{
    [LoggerMessage(4001, LogLevel.Information, "{Duty} from {Source}: {Outcome} ({Seconds:0.000} s)")]
    internal static partial void Ran(ILogger logger, Duty duty, string source, string outcome, double seconds);

    [LoggerMessage(4002, LogLevel.Error, "{Duty} from {Source}: failed: {Fault} ({Seconds:0.000} s)")]
    internal static partial void Failed(
        ILogger logger,
        Duty duty,
        string source,
        string fault,
        double seconds,
        Exception exception
    );

    [LoggerMessage(4003, LogLevel.Warning, "{Runs} runs did not end in time and are left behind; what they held is still due")]
    internal static partial void GivenUp(ILogger logger, int runs);

    [LoggerMessage(
        4101,
        LogLevel.Information,
        "Schedule {Revision}: {Jobs} jobs ({Added} added, {Removed} removed, {Changed} changed, {Paused} paused)"
    )]
    internal static partial void Synced(ILogger logger, long revision, int jobs, int added, int removed, int changed, int paused);

    [LoggerMessage(4102, LogLevel.Warning, "{Duty}: the cron '{Cron}' is {Fault}; its built-in schedule is used instead")]
    internal static partial void BadCron(ILogger logger, Duty duty, string cron, string fault);

    [LoggerMessage(4103, LogLevel.Warning, "The schedule cannot be read, the jobs stay as they are: {Fault}")]
    internal static partial void NotSynced(ILogger logger, string fault);

    [LoggerMessage(
        4201,
        LogLevel.Information,
        "Backfill {Number} of {Set} is done: {Questions} questions, {Recorded} figures recorded, {Failed} questions not answered"
    )]
    internal static partial void Backfilled(ILogger logger, int number, string set, int questions, int recorded, int failed);

    [LoggerMessage(4202, LogLevel.Error, "Backfill {Number} of {Set} was given up: {Fault}")]
    internal static partial void NotBackfilled(ILogger logger, int number, string set, string fault, Exception? exception);
}
