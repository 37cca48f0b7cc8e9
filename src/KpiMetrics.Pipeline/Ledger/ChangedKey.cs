using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>A figure that changed and whose points, its own and those that depend on it, are still to be published.</summary>
/// <param name="Mark">Grows with every change, so that a change made while publishing is not taken for published.</param>
public sealed record ChangedKey(int SeriesId, SeriesKey Series, Period Period, long Mark)
{
    /// <summary>When it changed; null where the outbox does not say.</summary>
    public DateTimeOffset? MarkedAt { get; init; }
}
