namespace KpiMetrics.Core.Catalog;

/// <summary>How the figures of fine periods make the figure of a coarse one (DESIGN 4.4, 4.5).</summary>
public enum OverTime
{
    /// <summary><c>none</c>: the figure of the whole cannot be had from its parts.</summary>
    None,

    /// <summary><c>sum</c>: amounts.</summary>
    Sum,

    /// <summary><c>last</c>: states, and running totals.</summary>
    Last,

    /// <summary><c>ratio-of-sums</c>: numerators and denominators add up, the rate does not.</summary>
    RatioOfSums,

    /// <summary><c>mean</c>: the arithmetic mean.</summary>
    Mean,

    /// <summary><c>geometric-mean</c>: as Vietnam's statistics office averages consumer prices.</summary>
    GeometricMean,

    /// <summary><c>max</c>: the highest, as of a river gauge.</summary>
    Max,
}
