using KpiMetrics.Worker.Scheduling.Lanes;
using Microsoft.Extensions.Hosting;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>Stops the lanes with the host, after the scheduler that rings them.</summary>
internal sealed class LaneService(LaneSet lanes) : IHostedService
{
    /// <summary>How long duties at work may take to end by themselves; then they are cancelled and give back what they hold.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => lanes.StopAsync(Grace, cancellationToken);
}
