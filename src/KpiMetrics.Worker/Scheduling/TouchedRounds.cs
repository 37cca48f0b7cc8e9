using System.Data.Common;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Checks.Statistics;
using KpiMetrics.Pipeline.Ledger.Claims;
using KpiMetrics.Worker.Scheduling.Cluster;
using Microsoft.Extensions.Logging;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>Tests what was just reported, while no check of a set is at work here or elsewhere; one log line for each set of which anything changed.</summary>
/// <remarks>What is lost on the way, by an outage or a kill, the check of the set comes to: it is due all the same.</remarks>
public sealed class TouchedRounds(
    TouchedChecks checks,
    TouchedSeries touched,
    ClaimKeeper claims,
    TimeProvider clock,
    ILogger<TouchedRounds> logger
)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var series = touched.TakeSince();
        if (series.Count == 0)
            return;
        try
        {
            await using var held = await claims.TryTakeAsync(ClaimNames.Checks, cancellationToken);
            if (held is null)
                touched.AddAgain(series); // later: who has the claim may have opened the ledger before they came
            else
                await TestAsync(series, held, cancellationToken);
        }
        catch (ClaimLostException lost)
        {
            ClusterLog.Stale(logger, ClaimNames.Checks, lost.Message);
        }
        catch (DbException fault)
        {
            WorkerLog.NotChecked(logger, fault.Message);
        }
    }

    private async Task TestAsync(
        IReadOnlyDictionary<SeriesKey, Period?> series,
        HeldClaim held,
        CancellationToken cancellationToken
    )
    {
        using var ours = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, held.Lost);
        try
        {
            foreach (var set in series.GroupBy(one => one.Key.Set, StringComparer.Ordinal))
            {
                var began = clock.GetTimestamp();
                var result = await checks.RunAsync(set.Key, set.ToDictionary(), clock.GetUtcNow(), held.Claim, ours.Token);
                if (result.Added + result.Resolved > 0)
                    WorkerLog.Tested(
                        logger,
                        set.Key,
                        result.Tested,
                        result.Added,
                        result.Resolved,
                        clock.GetElapsedTime(began).TotalSeconds
                    );
            }
        }
        catch (OperationCanceledException) when (held.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw ClaimLostException.Of(held.Claim);
        }
    }
}
