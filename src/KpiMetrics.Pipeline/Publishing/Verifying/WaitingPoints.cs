using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Pipeline.Publishing.Verifying;

/// <summary>Points that changes which still wait will bring up to date by themselves: no difference of theirs means anything.</summary>
internal sealed class WaitingPoints
{
    // Beyond it the comparison of what waits says nothing; memory stays bounded.
    private const int Most = 50_000;

    private readonly Dictionary<SeriesKey, PeriodSpans> reached = [];

    private WaitingPoints(int changes) => Changes = changes;

    /// <summary>How many changes wait; of more than 50,000 only the first are looked at.</summary>
    public int Changes { get; }

    public static async Task<WaitingPoints> ReadAsync(SeriesGraph graph, IOutbox outbox, CancellationToken cancellationToken)
    {
        var changes = await outbox.NextChangesAsync(Most, cancellationToken);
        var waiting = new WaitingPoints(changes.Count);
        foreach (var batch in ChangeBatch.Of(graph, changes, Most))
        {
            foreach (var (series, periods) in batch.Affected)
                waiting.reached[series] = periods;
        }
        return waiting;
    }

    public bool Reach(SeriesKey series, Period period) =>
        reached.TryGetValue(series, out var periods) && periods.Contains(period);

    /// <summary>The periods of a series that are reached; null for none.</summary>
    public PeriodSpans? Of(SeriesKey series) => reached.GetValueOrDefault(series);
}
