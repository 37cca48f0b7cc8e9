using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>Has what was just reported looked at a second later, with what came meanwhile; then the rest of the time is left to others.</summary>
/// <param name="run">Looks at all that waits.</param>
/// <param name="rest">How many times as long as a look took nothing is looked at after it (<see cref="Pause"/>).</param>
internal sealed class TouchedService(
    Func<CancellationToken, Task> run,
    TouchedSeries touched,
    int rest,
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
                await run(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // What leaves a background service stops the whole worker.
                WorkerLog.NotLookedAt(logger, fault.Message, fault);
            }
            await Task.Delay(Pause.After(clock.GetElapsedTime(began), rest), clock, stoppingToken);
        }
    }
}
