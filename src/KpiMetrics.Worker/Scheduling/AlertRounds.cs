using System.Data.Common;
using KpiMetrics.Core.Alerting;
using KpiMetrics.Pipeline.Alerting;
using KpiMetrics.Pipeline.Alerting.Alertmanager;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Claims;
using KpiMetrics.Worker.Scheduling.Cluster;
using Microsoft.Extensions.Logging;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>What the alerts' job does: of several workers one keeps them and tells Alertmanager; another goes on where that one was lost.</summary>
public sealed class AlertRounds(
    AlertStage stage,
    MorningDigests digests,
    AlertDelivery delivery,
    IAlerts alerts,
    ClaimKeeper claims,
    TimeProvider clock,
    ILogger<AlertRounds> logger
) : IAsyncDisposable
{
    private const int RestPerRound = 4;

    private HeldClaim? held;
    private (long Ended, TimeSpan Pause)? last;
    private string? outage;
    private bool isWaiting;

    /// <summary>A history that all alerts but those of thresholds wait for; null: there is none.</summary>
    public HistoryLoading? Loading { get; init; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await TakeAsync(cancellationToken) is { } claim)
                await PacedAsync(claim, cancellationToken);
            else
                delivery.Forget();
            outage = null;
        }
        catch (ClaimLostException lost)
        {
            ClusterLog.Stale(logger, ClaimNames.Alerts, lost.Message);
        }
        catch (DbException fault)
        {
            if (outage != fault.Message)
                WorkerLog.NoAlerts(logger, fault.Message);
            outage = fault.Message;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (held is not null)
            await held.DisposeAsync();
    }

    // A hundred thousand open alerts cost a fifth of a processor and not all of one; levels that are reached do not wait for it (TouchedService).
    private async Task PacedAsync(HeldClaim claim, CancellationToken cancellationToken)
    {
        if (last is var (ended, rest) && clock.GetElapsedTime(ended) < rest)
            return;
        var began = clock.GetTimestamp();
        await RunAsync(claim, cancellationToken);
        var pause = Pause.After(clock.GetElapsedTime(began), RestPerRound);
        var longest = delivery.Memory / 3; // what holds is told again well before it would end by itself
        last = (clock.GetTimestamp(), pause < longest ? pause : longest);
    }

    private async Task RunAsync(HeldClaim claim, CancellationToken cancellationToken)
    {
        using var ours = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, claim.Lost);
        try
        {
            var at = clock.GetUtcNow();
            var waits = Waits(at);
            var kept = await stage.RunAsync(at, claim.Claim, waits ? AlertKind.Threshold : null, ours.Token);
            if (kept.Events.Count > 0)
                WorkerLog.Alerts(logger, kept.Fired, kept.Changed, kept.Resolved, kept.Open);
            AlertLines.Write(logger, kept.Events);
            if (!delivery.IsNeeded)
                return;
            var live = await alerts.ReadAlertsAsync(AlertQuery.Live, ours.Token);
            var over = new AlertQuery(States: [AlertState.Resolved], ResolvedSince: at - delivery.Memory);
            var resolved = await alerts.ReadAlertsAsync(over, ours.Token);
            IReadOnlyList<Digest> told = waits ? [] : await digests.ReadAsync(live, at, ours.Token);
            // As of now: of what began longer ago than its group waits Alertmanager sends the first at once, and the others minutes later.
            await delivery.SendAsync(live, resolved, told, clock.GetUtcNow());
        }
        catch (OperationCanceledException) when (claim.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw ClaimLostException.Of(claim.Claim);
        }
    }

    // Said once, and once that it is over.
    private bool Waits(DateTimeOffset at)
    {
        if (Loading is not { } loading)
            return false;
        var ended = loading.EndedBy(at);
        if (ended is null && !isWaiting)
            WorkerLog.AlertsWait(logger, (int)HistoryLoading.Longest.TotalMinutes);
        if (ended is not null && isWaiting)
            WorkerLog.AlertsGoOn(logger, ended);
        isWaiting = ended is null;
        return isWaiting;
    }

    private async Task<HeldClaim?> TakeAsync(CancellationToken cancellationToken)
    {
        if (held is { Lost.IsCancellationRequested: true } lost)
        {
            held = null;
            await lost.DisposeAsync();
        }
        return held ??= await claims.TryTakeAsync(ClaimNames.Alerts, cancellationToken);
    }
}
