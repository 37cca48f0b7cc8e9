namespace KpiMetrics.Core.Quality.Thresholds;

/// <summary>Where a series stands with regard to a level.</summary>
public enum LevelStanding
{
    /// <summary>The level is not up, and the figure is known to be below it.</summary>
    Below,

    /// <summary>The level is not up as far as is known, but hours are missing that may have reached it.</summary>
    NotKnown,

    /// <summary>Reached and not fallen back since, whether or not there are newer figures.</summary>
    Up,
}
