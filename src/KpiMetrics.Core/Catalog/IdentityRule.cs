namespace KpiMetrics.Core.Catalog;

/// <summary>How a reported figure must agree with other reported figures of its set.</summary>
public enum IdentityRule
{
    /// <summary><c>ratio</c>: first input over second; times 100 where the unit is %.</summary>
    Ratio,

    /// <summary><c>ratio-of</c>: a rate of the only input, the whole, whose part is not reported: where the whole is 0 there can be no rate.</summary>
    RatioOf,

    /// <summary><c>share</c>: part (first input) of a total (second), times 100.</summary>
    Share,

    /// <summary><c>sum</c>: total of all inputs.</summary>
    Sum,

    /// <summary><c>sum-of-subjects</c>: total of the only input over its breakdown.</summary>
    SumOfSubjects,

    /// <summary><c>difference</c>: the first input less the others.</summary>
    Difference,

    /// <summary><c>at-most</c>: no greater than the only input, as a part is no greater than its whole.</summary>
    AtMost,

    /// <summary><c>equal</c>: the same figure as the only input, printed twice.</summary>
    Equal,
}
