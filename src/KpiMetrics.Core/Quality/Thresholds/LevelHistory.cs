using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Core.Quality.Thresholds;

/// <summary>Every time that a level was up, in order; they do not overlap, and only the last may be open.</summary>
public sealed record LevelHistory(ThresholdLevel Level, IReadOnlyList<Crossing> Crossings)
{
    /// <summary>Null where the level is not up.</summary>
    public Crossing? Open => Crossings is [.., { IsOpen: true } open] ? open : null;
}
