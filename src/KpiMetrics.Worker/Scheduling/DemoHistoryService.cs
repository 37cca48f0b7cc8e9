using System.Data.Common;
using KpiMetrics.Core.Figures;
using KpiMetrics.Worker.Composition;
using KpiMetrics.Worker.Demo;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>Fills a fresh ledger with the demo's history, in the background; one that was stopped goes on where it stood.</summary>
internal sealed class DemoHistoryService(
    Engine engine,
    PulledSet sources,
    CollectionRounds rounds,
    TimeProvider clock,
    ILogger<DemoHistoryService> logger
) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var began = clock.GetTimestamp();
        var told = began;
        var (done, recorded) = (0, 0);
        var questions = DemoHistory
            .Of(engine.Catalog, clock.GetUtcNow())
            .SelectMany(duty => duty.Periods.Chunk(PeriodsAtOnce).Select(periods => (duty.Duty, Periods: periods)))
            .ToList();
        foreach (var (duty, periods) in questions)
        {
            if (sources.Find(duty, DemoSource.Name) is not { } source)
                continue;
            try
            {
                recorded += await rounds.HistoryAsync(duty, source, periods, clock.GetUtcNow(), stoppingToken);
            }
            catch (DbException fault)
            {
                WorkerLog.NotCollected(logger, duty.Set, DemoSource.Name, $"{duty.Indicator} history", fault.Message);
            }
            done++;
            if (clock.GetElapsedTime(told) < Between)
                continue;
            told = clock.GetTimestamp();
            WorkerLog.History(logger, 100 * done / questions.Count, recorded);
        }
        if (recorded > 0)
            WorkerLog.HistoryDone(logger, recorded, clock.GetElapsedTime(began).TotalSeconds);
    }

    // Small enough to see it move, and to let live figures in between.
    private const int PeriodsAtOnce = 100;
}
