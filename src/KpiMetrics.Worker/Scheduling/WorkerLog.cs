using Microsoft.Extensions.Logging;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>The lines of the worker, one id each: 1xxx the worker, 2xxx collecting, 3xxx publishing, 5xxx obligations, 7xxx checks, 8xxx alerts. 4xxx are <see cref="ScheduleLog"/>'s, 6xxx the API's.</summary>
internal static partial class WorkerLog
{
    [LoggerMessage(1001, LogLevel.Information, "KpiMetrics is up: {Sets} sets, {Jobs} jobs, ledger {Ledger}, inbox {Inbox}")]
    internal static partial void Up(ILogger logger, int sets, int jobs, string ledger, string inbox);

    [LoggerMessage(
        1002,
        LogLevel.Information,
        "InfluxDB is not configured (Influx:Url): {Waiting} changed figures wait in the outbox"
    )]
    internal static partial void NotPublishing(ILogger logger, long waiting);

    [LoggerMessage(
        1003,
        LogLevel.Information,
        "The catalog or the program is another than the points were computed by: {Marked} figures are published again"
    )]
    internal static partial void CatalogChanged(ILogger logger, long marked);

    [LoggerMessage(1004, LogLevel.Information, "The API listens on {Address}")]
    internal static partial void Listening(ILogger logger, string address);

    [LoggerMessage(1005, LogLevel.Warning, "The holidays of {Year} are not known: {Advice}")]
    internal static partial void HolidaysUnknown(ILogger logger, int year, string advice);

    [LoggerMessage(
        2001,
        LogLevel.Information,
        "{Set}: {Source} {Report}: {Rows} rows, {Recorded} recorded, {Repeated} repeated, {Refused} refused"
    )]
    internal static partial void Collected(
        ILogger logger,
        string set,
        string source,
        string report,
        int rows,
        int recorded,
        int repeated,
        int refused
    );

    [LoggerMessage(2002, LogLevel.Warning, "{Set}: {Source} {Report}: nothing taken: {Fault}")]
    internal static partial void NotCollected(ILogger logger, string set, string source, string report, string fault);

    [LoggerMessage(2003, LogLevel.Warning, "{Set}: {Report}: refused {Refusal}")]
    internal static partial void RowRefused(ILogger logger, string set, string report, string refusal);

    [LoggerMessage(2004, LogLevel.Warning, "{Set}: {Count} further rows refused")]
    internal static partial void MoreRowsRefused(ILogger logger, string set, int count);

    [LoggerMessage(2005, LogLevel.Information, "Demo history: {Percent} %, {Recorded} figures recorded")]
    internal static partial void History(ILogger logger, int percent, int recorded);

    [LoggerMessage(2006, LogLevel.Information, "Demo history is complete: {Recorded} figures recorded in {Seconds:0.0} s")]
    internal static partial void HistoryDone(ILogger logger, int recorded, double seconds);

    [LoggerMessage(
        2008,
        LogLevel.Information,
        "Demo history: {Recorded} figures recorded; {Failed} questions met an office that is down and are asked again when the worker starts"
    )]
    internal static partial void HistoryLacks(ILogger logger, int recorded, int failed);

    [LoggerMessage(2007, LogLevel.Error, "Demo history was given up, the next start goes on with it: {Fault}")]
    internal static partial void HistoryGivenUp(ILogger logger, string fault, Exception exception);

    [LoggerMessage(3001, LogLevel.Information, "Published {Points} points, deleted {Deleted}, refused {Refused}")]
    internal static partial void Published(ILogger logger, int points, int deleted, int refused);

    [LoggerMessage(3002, LogLevel.Warning, "Nothing published, the outbox keeps everything: {Fault}")]
    internal static partial void NotPublished(ILogger logger, string fault);

    [LoggerMessage(3003, LogLevel.Information, "Publishing goes on")]
    internal static partial void PublishingAgain(ILogger logger);

    [LoggerMessage(3004, LogLevel.Warning, "Somebody else publishes now, what was on its way is published once more: {Fault}")]
    internal static partial void TurnLost(ILogger logger, string fault);

    [LoggerMessage(5001, LogLevel.Information, "Obligations: {Created} created, {Voided} need not be any more")]
    internal static partial void Planned(ILogger logger, int created, int voided);

    [LoggerMessage(5002, LogLevel.Warning, "No obligations created, the next round does: {Fault}")]
    internal static partial void NotPlanned(ILogger logger, string fault);

    [LoggerMessage(5003, LogLevel.Information, "Obligations: {Created} created so far")]
    internal static partial void Planning(ILogger logger, int created);

    [LoggerMessage(
        7001,
        LogLevel.Information,
        "{Set}: checked {Measures} measures, {Firing} findings ({Added} new, {Resolved} resolved) in {Seconds:0.0} s"
    )]
    internal static partial void Checked(
        ILogger logger,
        string set,
        int measures,
        int firing,
        int added,
        int resolved,
        double seconds
    );

    [LoggerMessage(8001, LogLevel.Information, "Alerts: {Fired} fired, {Changed} changed, {Resolved} resolved; {Open} are open")]
    internal static partial void Alerts(ILogger logger, int fired, int changed, int resolved, int open);

    [LoggerMessage(8005, LogLevel.Warning, "Alert {Alert} ({Severity}): {Title}")]
    internal static partial void Alert(ILogger logger, string alert, string severity, string title);

    [LoggerMessage(8006, LogLevel.Warning, "Further alerts: 'alerts list' shows them")]
    internal static partial void MoreAlerts(ILogger logger);

    [LoggerMessage(8002, LogLevel.Warning, "Alerts are not looked after, the next round does: {Fault}")]
    internal static partial void NoAlerts(ILogger logger, string fault);

    [LoggerMessage(
        8003,
        LogLevel.Warning,
        "Alertmanager {Address} is away, it is told everything that holds once it is back: {Fault}"
    )]
    internal static partial void AlertmanagerAway(ILogger logger, string address, string fault);

    [LoggerMessage(8004, LogLevel.Information, "Alertmanager {Address} takes alerts again")]
    internal static partial void AlertmanagerBack(ILogger logger, string address);

    [LoggerMessage(
        8008,
        LogLevel.Warning,
        "Alertmanager {Address} does not take some alerts, which are sent again with each round; it takes the others: {Fault}"
    )]
    internal static partial void AlertmanagerRefuses(ILogger logger, string address, string fault);

    [LoggerMessage(7002, LogLevel.Warning, "Figures are not checked, the next round does: {Fault}")]
    internal static partial void NotChecked(ILogger logger, string fault);

    [LoggerMessage(
        7003,
        LogLevel.Information,
        "{Set}: {Tested} figures that just came held against their past, {Added} new findings, {Resolved} resolved, in {Seconds:0.0} s"
    )]
    internal static partial void Tested(ILogger logger, string set, int tested, int added, int resolved, double seconds);

    [LoggerMessage(
        8007,
        LogLevel.Information,
        "Thresholds of {Series} series that just came: {Fired} alerts fired, {Changed} changed, {Resolved} resolved, in {Seconds:0.0} s"
    )]
    internal static partial void Thresholds(ILogger logger, int series, int fired, int changed, int resolved, double seconds);

    [LoggerMessage(
        8008,
        LogLevel.Information,
        "All alerts but those of thresholds wait until the demo's history is loaded, {Minutes} minutes at most: what it brings is not late"
    )]
    internal static partial void AlertsWait(ILogger logger, int minutes);

    [LoggerMessage(8009, LogLevel.Information, "Alerts go on: {Why}")]
    internal static partial void AlertsGoOn(ILogger logger, string why);

    [LoggerMessage(7004, LogLevel.Error, "What just came is not looked at, the next round of all does: {Fault}")]
    internal static partial void NotLookedAt(ILogger logger, string fault, Exception exception);
}
