using KpiMetrics.Core.Figures;
using KpiMetrics.Pipeline.Ledger.Claims;
using KpiMetrics.Worker.Composition;
using KpiMetrics.Worker.Demo;
using KpiMetrics.Worker.Scheduling.Backfills;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>Fills a fresh ledger with the demo's history, in the background; one that was stopped goes on where it stood.</summary>
internal sealed class DemoHistoryService(
    Engine engine,
    CollectionRounds rounds,
    ClaimKeeper claims,
    HistoryLoading loading,
    TimeProvider clock,
    ILogger<DemoHistoryService> logger
) : BackgroundService
{
    // Small enough to see it move, and to let live figures in between.
    private const int PeriodsAtOnce = 100;

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the host starts meanwhile
        var began = clock.GetTimestamp();
        var told = began;
        var questions = Questions();
        try
        {
            await using var held = await claims.TakeAsync(ClaimNames.DemoHistory, stoppingToken); // of several workers one does it
            var result = await rounds.BackfillAsync(questions, DateTimeOffset.MinValue, clock.GetUtcNow, Tell, stoppingToken);
            if (result.Failed > 0)
                WorkerLog.HistoryLacks(logger, result.Recorded, result.Failed);
            else if (result.Recorded > 0)
                WorkerLog.HistoryDone(logger, result.Recorded, clock.GetElapsedTime(began).TotalSeconds);
            loading.End("the demo's history is there");
        }
        catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
        {
            // What leaves a background service stops the whole worker.
            WorkerLog.HistoryGivenUp(logger, fault.Message, fault);
            loading.End("the demo's history was given up");
        }

        void Tell(BackfillProgress progress, BackfillResult so)
        {
            if (clock.GetElapsedTime(told) < Between || so.Recorded == 0)
                return;
            told = clock.GetTimestamp();
            WorkerLog.History(logger, 100 * progress.Done / progress.Total, so.Recorded);
        }
    }

    private List<BackfillQuestion> Questions() =>
        [
            .. from history in DemoHistory.Of(engine.Catalog, clock.GetUtcNow())
            let set = Engine.FindSet(engine.Catalog, history.Duty.Set)
            let indicator = engine.Catalog.FindIndicator(history.Duty.Set, history.Duty.Indicator)
            from periods in history.Periods.Chunk(PeriodsAtOnce)
            select new BackfillQuestion(
                history.Duty,
                DemoSource.Name,
                periods,
                new(set.WindowOf(indicator, periods[0]).Start, set.WindowOf(indicator, periods[^1]).End)
            ),
        ];
}
