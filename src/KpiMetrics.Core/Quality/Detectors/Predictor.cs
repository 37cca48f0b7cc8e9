namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>The ways a figure is foretold from those before it; the one that did best for the series is used.</summary>
internal enum Predictor
{
    /// <summary>The median of the recent figures: for what swings about a level.</summary>
    Level,

    /// <summary>The last figures and their usual step: for what wanders or grows without seasons.</summary>
    Last,

    /// <summary>The same season of earlier years, moved by how the last few periods compare with their year before.</summary>
    SeasonRecent,

    /// <summary>The same by a whole year of periods: steadier, slower.</summary>
    SeasonSteady,

    /// <summary>Nothing of the series' own: the spread of the other areas.</summary>
    Pooled,
}
