using KpiMetrics.Core.Alerting;
using Microsoft.Extensions.Logging;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>Alerts in the log: what is told at once, each by itself as far as that is read.</summary>
internal static class AlertLines
{
    private const int Listed = 20;

    public static void Write(ILogger logger, IEnumerable<AlertEvent> events)
    {
        var urgent = events.Select(one => one.Concern).OfType<Concern>().Where(one => one.IsImmediate && one.HeldBy is null);
        foreach (var (number, concern) in urgent.Take(Listed + 1).Index())
        {
            if (number < Listed)
                WorkerLog.Alert(logger, concern.Key, concern.Severity.Code(), concern.Title);
            else
                WorkerLog.MoreAlerts(logger);
        }
    }
}
