namespace KpiMetrics.Core.Quality.Thresholds;

/// <summary>What became of a level between two looks at what is known.</summary>
public enum TransitionKind
{
    /// <summary>The level is up and was not, as far as was known.</summary>
    Raised,

    /// <summary>It was up and has fallen back, by figures.</summary>
    Resolved,

    /// <summary>It was up as far as was known, and by what is known now it never was: figures were corrected or withdrawn.</summary>
    Withdrawn,

    /// <summary>It was up for a while that is over already: the figures came too late to raise it.</summary>
    Missed,
}
