using System.Data.Common;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Pipeline.Ledger.Claims;
using KpiMetrics.Pipeline.Obligations;
using KpiMetrics.Worker.Scheduling.Cluster;
using Microsoft.Extensions.Logging;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>What the obligations' job does, with one log line where something changed.</summary>
/// <remarks>
/// One of several workers creates them; the others only see which hours emergencies oblige. Created by two at once, each would still be there once. What
/// a worker that stood still decided on before is thrown away: another may have made void what it is about to create.
/// </remarks>
public sealed class ObligationRounds(ObligationStage stage, ClaimKeeper claims, ILogger<ObligationRounds> logger)
    : IAsyncDisposable
{
    private HeldClaim? held;
    private string? outage;

    /// <summary>The duties that an emergency obliges as of the last run, or did until some hours before.</summary>
    public IReadOnlySet<Duty> Hourly => stage.Hourly;

    /// <summary>Whether an emergency obliges the duty now, or did until some hours ago.</summary>
    public bool IsHourly(Duty duty) => Hourly.Contains(duty);

    public async Task RunAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        try
        {
            if (await TakeAsync(cancellationToken) is { } claim)
                await RunAsync(claim, at, cancellationToken);
            else
                await stage.ReadHourlyAsync(at, cancellationToken);
            outage = null;
        }
        catch (ClaimLostException lost)
        {
            ClusterLog.Stale(logger, ClaimNames.Obligations, lost.Message);
        }
        catch (DbException fault)
        {
            if (outage != fault.Message)
                WorkerLog.NotPlanned(logger, fault.Message);
            outage = fault.Message;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (held is not null)
            await held.DisposeAsync();
    }

    private async Task RunAsync(HeldClaim claim, DateTimeOffset at, CancellationToken cancellationToken)
    {
        using var ours = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, claim.Lost);
        try
        {
            var (created, voided) = await stage.RunAsync(
                at,
                claim.Claim,
                created => WorkerLog.Planning(logger, created),
                ours.Token
            );
            if (created + voided > 0)
                WorkerLog.Planned(logger, created, voided);
        }
        catch (OperationCanceledException) when (claim.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw ClaimLostException.Of(claim.Claim);
        }
    }

    private async Task<HeldClaim?> TakeAsync(CancellationToken cancellationToken)
    {
        if (held is { Lost.IsCancellationRequested: true } lost)
        {
            held = null;
            await lost.DisposeAsync();
        }
        if (held is not null)
            return held;
        held = await claims.TryTakeAsync(ClaimNames.Obligations, cancellationToken);
        if (held is not null)
            stage.Forget();
        return held;
    }
}
