using System.Data.Common;
using KpiMetrics.Pipeline.Alerting;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>Sees that an import in another process recorded figures, and has the series of its set that thresholds stand on looked at as if they had come in here.</summary>
/// <remarks>What is lost on the way, by an outage or a restart, the round of all alerts comes to.</remarks>
public sealed class ImportRounds(IAuditTrail trail, TouchedAlerts alerts, TouchedSeries touched, TimeProvider clock)
{
    private MarksSeen? seen; // null: before the first look

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            seen ??= new(await trail.ReadLastMarkAsync(cancellationToken));
            var found = await trail.ReadMarksAsync(seen.Last, seen.Missing, cancellationToken);
            foreach (var set in seen.Add(found, clock.GetUtcNow()))
                touched.Add(await alerts.ReadWatchedAsync(set, cancellationToken));
        }
        catch (DbException)
        {
            // Others say what is wrong with the ledger.
        }
    }
}
