using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Core.Quality.Thresholds;

/// <summary>How one level stands in an hour.</summary>
/// <param name="Crossing">Since when it is up, and its peak; null where it is not.</param>
/// <param name="Now">The figure with the hour itself; null where nothing of it is known.</param>
public sealed record LevelState(
    Threshold Threshold,
    ThresholdLevel Level,
    LevelStanding Standing,
    Crossing? Crossing,
    Measured? Now
)
{
    internal static LevelState Of(Threshold threshold, LevelHistory history, Measured? now)
    {
        var standing =
            history.Open is not null ? LevelStanding.Up
            : now is { IsComplete: true } ? LevelStanding.Below
            : LevelStanding.NotKnown;
        return new(threshold, history.Level, standing, history.Open, now);
    }
}
