using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics.Metrics;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Pipeline.Ledger.Claims;
using KpiMetrics.Worker.Api.Metrics;
using KpiMetrics.Worker.Composition;
using KpiMetrics.Worker.Scheduling.Lanes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KpiMetrics.Worker.Scheduling.Cluster;

/// <summary>Shows the other workers of the ledger that this one runs, and goes on with what a lost one left behind.</summary>
/// <remarks>
/// What waits in the lanes of a worker is known to nobody else. So where one is lost, or leaves with something undone, one of the others rings
/// every duty once: the ledger knows what of it is still to be asked. There is no leader: who finds the lost one's claim over takes it.
/// </remarks>
internal sealed class ClaimWatch(
    IClaims claims,
    ClaimKeeper keeper,
    LaneSet lanes,
    JobSync sync,
    WorkerOptions options,
    TimeProvider clock,
    ILogger<ClaimWatch> logger
) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Duty, bool> elsewhere = new();
    private readonly string own = ClaimNames.OfWorker(keeper.Holder);
    private HeldClaim? presence;
    private string? outage;
    private int workers = 1;

    /// <summary>Shows what is measured of workers, for the life of the host.</summary>
    public ClaimWatch Observed(KpiMeters meters)
    {
        meters.Observe("kpi_claims_held", "Pieces of work that this worker has claimed.", () => (long)keeper.Held);
        meters.Observe(
            "kpi_workers",
            "Workers on the ledger that show signs of life, as this one sees them.",
            () => (long)workers
        );
        KeyValuePair<string, object?>[] labels = [new("node", options.ShownName), new("holder", keeper.Holder)];
        meters.Observe("kpi_worker_info", "This worker.", () => (Measurement<long>[])[new(1, labels)]);
        return this;
    }

    /// <summary>Another worker asks for figures of the duty; it is looked at once more when that is over.</summary>
    public void LookAgain(Duty duty) => elsewhere[duty] = true;

    /// <summary>Tells the others that this worker goes: before it drops what waits, so that no duty is between two.</summary>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        await StopAsync(cancellationToken);
        if (presence is not { } held)
            return;
        presence = null;
        try
        {
            if (lanes.All.Any(lane => lane.Waiting + lane.Running > 0))
                await held.AbandonAsync(cancellationToken);
            else
                await held.ForgetAsync(cancellationToken);
        }
        catch (DbException)
        {
            // It ends with its term.
        }
        await held.DisposeAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                await LookAsync(stoppingToken);
                outage = null;
            }
            catch (Exception fault) when (fault is DbException or IOException)
            {
                if (outage != fault.Message)
                    ClusterLog.NotWatched(logger, fault.Message);
                outage = fault.Message;
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        await ShowAsync(cancellationToken);
        var known = await claims.ReadClaimsAsync(cancellationToken);
        workers = known.Count(state => ClaimNames.IsWorker(state.Claim.Name) && !keeper.IsOver(state));
        if (sync.Plan.Jobs.Count == 0)
            return; // nothing could be rung yet
        foreach (var (claim, _) in known.Where(keeper.IsOver).Where(state => state.Claim.Holder != keeper.Holder))
        {
            if (ClaimNames.IsWorker(claim.Name))
                await ReplaceAsync(claim, cancellationToken);
            else if (ClaimNames.DutyOf(claim.Name) is { } duty)
                await GoOnAsync(claim, duty, cancellationToken);
        }
        foreach (var duty in elsewhere.Keys)
        {
            elsewhere.TryRemove(duty, out _);
            Ring(duty);
        }
    }

    private async Task ShowAsync(CancellationToken cancellationToken)
    {
        if (presence is { Lost.IsCancellationRequested: true } lost)
        {
            ClusterLog.StoodStill(logger, options.LeaseSeconds);
            presence = null;
            await lost.DisposeAsync();
        }
        presence ??= await keeper.TryTakeAsync(own, cancellationToken);
    }

    private async Task ReplaceAsync(Claim lost, CancellationToken cancellationToken)
    {
        await using var taken = await keeper.TryTakeAsync(lost.Name, cancellationToken);
        if (taken is null)
            return; // another worker does it
        var jobs = sync.Plan.Jobs.Where(job => !job.IsPaused).ToList();
        ClusterLog.Replaced(logger, lost.Holder, jobs.Count);
        foreach (var job in jobs)
            lanes.Ring(job.Duty, job.Priority);
        await taken.ForgetAsync(cancellationToken);
    }

    // Taken and given back: whoever had it can write nothing any more, and its turn in the lane is this worker's own.
    private async Task GoOnAsync(Claim lost, Duty duty, CancellationToken cancellationToken)
    {
        await using (var taken = await keeper.TryTakeAsync(lost.Name, cancellationToken))
        {
            if (taken is null)
                return;
        }
        ClusterLog.GoesOn(logger, duty, lost.Holder);
        Ring(duty);
    }

    private void Ring(Duty duty)
    {
        if (sync.Plan.Find(duty) is { IsPaused: false } job)
            lanes.Ring(duty, job.Priority);
    }
}
