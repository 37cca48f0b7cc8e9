using System.Data.Common;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Publishing;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>Writes how the engine does beside the figures, so that a board shows its course.</summary>
/// <param name="worker">The worker's name, as shown.</param>
internal sealed class EngineRounds(ILedgerStore ledger, IEngineWriter influx, OpenCount open, string worker)
{
    public async Task RunAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        try
        {
            var (waiting, oldest, refused) = await ledger.ReadWaitingAsync(cancellationToken);
            var sources = await ledger.SummarizeAskingsAsync(cancellationToken);
            var reading = new EngineReading(
                worker,
                at,
                waiting,
                oldest is { } since ? at - since : null,
                refused,
                open.Last?.Overdue,
                open.Last?.Missing,
                sources
                    .Where(source => source.Failing > 0)
                    .Select(source => source.Source)
                    .Distinct(StringComparer.Ordinal)
                    .Count(),
                Environment.WorkingSet
            );
            await influx.WriteAsync(reading, cancellationToken);
        }
        catch (Exception fault) when (fault is DbException or InfluxUnavailableException or InfluxRefusedException)
        {
            // Publishing says what is wrong; a reading that is lost is followed by the next.
        }
    }
}
