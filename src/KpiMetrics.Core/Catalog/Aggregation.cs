namespace KpiMetrics.Core.Catalog;

/// <summary>How a measure adds up over areas.</summary>
public enum Aggregation
{
    /// <summary><c>none</c>: the figure of the whole cannot be had from its parts.</summary>
    None,

    /// <summary><c>sum</c>.</summary>
    Sum,

    /// <summary><c>ratio-of-sums</c>: numerators and denominators add up, the rate does not.</summary>
    RatioOfSums,
}
