using System.Data.Common;
using KpiMetrics.Pipeline.Publishing;
using KpiMetrics.Worker.Api.Metrics;
using KpiMetrics.Worker.Composition;
using Microsoft.Extensions.Logging;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>What the publishing job does: one process at a time, an outage logged once.</summary>
internal sealed class PublishRounds(
    PublishStage stage,
    PublishLock gate,
    KpiMeters meters,
    TimeProvider clock,
    ILogger<PublishRounds> logger
)
{
    private string? outage;

    public async Task RunAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        using var held = gate.TryTake();
        if (held is null)
            return;
        try
        {
            var result = await stage.RunAsync(at, cancellationToken);
            var (points, deleted, refused) = result;
            meters.Published(result, clock.GetUtcNow() - result.OldestMarkedAt);
            if (outage is not null)
                WorkerLog.PublishingAgain(logger);
            outage = null;
            if (points + deleted + refused > 0)
                WorkerLog.Published(logger, points, deleted, refused);
        }
        catch (Exception fault) when (fault is InfluxUnavailableException or InfluxRefusedException or DbException)
        {
            if (outage != fault.Message)
                WorkerLog.NotPublished(logger, fault.Message);
            outage = fault.Message;
        }
    }
}
