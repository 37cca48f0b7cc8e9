using KpiMetrics.Worker.Scheduling.Cluster;
using KpiMetrics.Worker.Scheduling.Lanes;
using Microsoft.Extensions.Hosting;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>Stops the lanes with the host, after the scheduler that rings them.</summary>
/// <param name="watch">Tells other workers that this one goes; null where there can be none.</param>
internal sealed class LaneService(LaneSet lanes, ClaimWatch? watch, TimeSpan grace) : IHostedService
{
    /// <summary>How long duties at work may take to end by themselves; then they are cancelled and give back what they hold.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    /// <summary>The same where another worker may be waiting to go on with them.</summary>
    public static readonly TimeSpan ShortGrace = TimeSpan.FromSeconds(0.5);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (watch is not null)
            await watch.LeaveAsync(cancellationToken);
        await lanes.StopAsync(grace, cancellationToken);
    }
}
