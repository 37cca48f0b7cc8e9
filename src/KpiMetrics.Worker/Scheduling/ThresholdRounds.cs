using System.Data.Common;
using KpiMetrics.Core.Alerting;
using KpiMetrics.Pipeline.Alerting;
using KpiMetrics.Pipeline.Alerting.Alertmanager;
using Microsoft.Extensions.Logging;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>Holds what was just reported by the hour against its thresholds, and tells Alertmanager at once of what came of it.</summary>
/// <remarks>
/// Every worker does so for what it took in itself, and for what <see cref="ImportRounds"/> saw, whoever looks after the alerts: that would cost seconds. What is
/// lost on the way, by an outage or a kill, the round of all alerts comes to.
/// </remarks>
public sealed class ThresholdRounds(
    TouchedAlerts stage,
    TouchedSeries touched,
    AlertDelivery delivery,
    TimeProvider clock,
    ILogger<ThresholdRounds> logger
)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var series = touched.Take();
        if (series.Count == 0)
            return;
        try
        {
            var (at, began) = (clock.GetUtcNow(), clock.GetTimestamp());
            var kept = await stage.RunAsync(series, at, cancellationToken);
            if (kept.Events.Count == 0)
                return;
            await delivery.SendNewsAsync(kept.Changed, clock.GetUtcNow()); // as AlertRounds tells, of now
            var fired = kept.Events.Count(one => one.Step is AlertStep.Fired or AlertStep.Reopened);
            var changed = kept.Events.Count(one => one.Step == AlertStep.Changed);
            var resolved = kept.Events.Count(one => one.Step == AlertStep.Resolved);
            WorkerLog.Thresholds(logger, series.Count, fired, changed, resolved, clock.GetElapsedTime(began).TotalSeconds);
            AlertLines.Write(logger, kept.Events);
        }
        catch (DbException fault)
        {
            WorkerLog.NoAlerts(logger, fault.Message);
        }
    }
}
