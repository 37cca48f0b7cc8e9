using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>Has what was just reported tested a second later, with what came meanwhile; then half of the time is left to others.</summary>
internal sealed class TouchedService(
    TouchedRounds rounds,
    TouchedSeries touched,
    TimeProvider clock,
    ILogger<TouchedService> logger
) : BackgroundService
{
    private static readonly TimeSpan Gathering = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await touched.WaitAsync(stoppingToken);
            await Task.Delay(Gathering, clock, stoppingToken);
            var began = clock.GetTimestamp();
            try
            {
                await rounds.RunAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // What leaves a background service stops the whole worker.
                WorkerLog.NotTested(logger, fault.Message, fault);
            }
            await Task.Delay(clock.GetElapsedTime(began), clock, stoppingToken);
        }
    }
}
