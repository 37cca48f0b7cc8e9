using System.Data.Common;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Publishing;
using KpiMetrics.Worker.Api.Metrics;
using Microsoft.Extensions.Logging;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>What the publishing job does: one process at a time; an outage is logged once, and tried again ever more rarely.</summary>
internal sealed class PublishRounds(
    PublishStage stage,
    PublishGate gate,
    IPublishTurns turns,
    KpiMeters meters,
    TimeProvider clock,
    ILogger<PublishRounds> logger
)
{
    private readonly Backoff backoff = new(new Random());
    private string? outage;
    private long holds;

    /// <summary>Shows whether this process publishes, for the life of the host.</summary>
    public PublishRounds Observed()
    {
        meters.Observe(
            "kpi_publish_holder",
            "1 while this process publishes, 0 while another may.",
            () => Interlocked.Read(ref holds)
        );
        return this;
    }

    public async Task RunAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (!backoff.IsOver(at))
            return;
        try
        {
            if (!await turns.HasWorkAsync(at, cancellationToken))
                return;
            await using var turn = await gate.TryTakeAsync(cancellationToken);
            if (turn is null)
                return;
            Interlocked.Exchange(ref holds, 1);
            var result = await stage.RunAsync(turn, at, cancellationToken);
            var (points, deleted, refused) = result;
            meters.Published(result, clock.GetUtcNow() - result.OldestMarkedAt);
            if (outage is not null)
                WorkerLog.PublishingAgain(logger);
            outage = null;
            backoff.Succeeded();
            if (points + deleted + refused > 0)
                WorkerLog.Published(logger, points, deleted, refused);
        }
        catch (LeaseLostException lost)
        {
            WorkerLog.TurnLost(logger, lost.Message);
        }
        catch (Exception fault) when (fault is InfluxUnavailableException or InfluxRefusedException or DbException)
        {
            backoff.Failed(clock.GetUtcNow());
            if (outage != fault.Message)
                WorkerLog.NotPublished(logger, fault.Message);
            outage = fault.Message;
        }
        finally
        {
            Interlocked.Exchange(ref holds, 0);
        }
    }
}
