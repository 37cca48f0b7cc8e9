using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Quality.Thresholds;

/// <summary>What a series did to the levels of a threshold.</summary>
/// <param name="Levels">One for each level, in ascending order.</param>
public sealed record ThresholdHistory(Threshold Threshold, IReadOnlyList<LevelHistory> Levels)
{
    /// <summary>
    /// From which hour a replay must begin to say the same as one of everything, where no figure before <paramref name="changed"/> is new: when the first
    /// of the levels that were up just before was reached, or the hour itself. It also reads <see cref="Catalog.Threshold.HoursBefore"/> hours more.
    /// </summary>
    public Period ReplayFrom(Period changed)
    {
        var from = changed;
        foreach (var level in Levels)
        {
            foreach (var crossing in level.Crossings)
            {
                var isUpBefore = crossing.Since < changed && (crossing.Until is not { } end || end >= changed);
                if (isUpBefore && crossing.Since < from)
                    from = crossing.Since;
            }
        }
        return from;
    }
}
