using System.Data.Common;
using KpiMetrics.Pipeline.Checks;
using KpiMetrics.Pipeline.Ledger.Claims;
using KpiMetrics.Worker.Scheduling.Cluster;
using Microsoft.Extensions.Logging;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>What the checks' job does: of several workers one is at it; one log line for each set that was checked, one for an outage that is tried again at each look.</summary>
public sealed class CheckRounds(CheckStage stage, ClaimKeeper claims, TimeProvider clock, ILogger<CheckRounds> logger)
{
    private string? outage;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Looked at without a claim first: mostly nothing is due.
            if ((await stage.ReadDueAsync(clock.GetUtcNow(), cancellationToken)).Count > 0)
                await CheckAsync(cancellationToken);
            outage = null;
        }
        catch (ClaimLostException lost)
        {
            ClusterLog.Stale(logger, ClaimNames.Checks, lost.Message);
        }
        catch (DbException fault)
        {
            if (outage != fault.Message)
                WorkerLog.NotChecked(logger, fault.Message);
            outage = fault.Message;
        }
    }

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        await using var held = await claims.TryTakeAsync(ClaimNames.Checks, cancellationToken);
        if (held is null)
            return;
        using var ours = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, held.Lost);
        try
        {
            // Once more: who had the claim may have just done it.
            foreach (var set in await stage.ReadDueAsync(clock.GetUtcNow(), ours.Token))
            {
                var began = clock.GetTimestamp();
                var (measures, firing, added, resolved) = await stage.RunAsync(set, clock.GetUtcNow, held.Claim, ours.Token);
                if (measures > 0)
                    WorkerLog.Checked(logger, set, measures, firing, added, resolved, clock.GetElapsedTime(began).TotalSeconds);
            }
        }
        catch (OperationCanceledException) when (held.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw ClaimLostException.Of(held.Claim);
        }
    }
}
