namespace KpiMetrics.Core.Quality.Checks;

/// <summary>Which check a finding comes from, which decides its code and how its sentence goes.</summary>
public enum CheckKind
{
    /// <summary>Inputs: numerator, denominator.</summary>
    IdentityRatio,

    /// <summary>Input: the whole.</summary>
    IdentityRatioOf,

    IdentitySum,

    /// <summary>Inputs: the lines of the breakdown.</summary>
    IdentitySumOfSubjects,

    /// <summary>Inputs: what is taken from, then what is taken away.</summary>
    IdentityDifference,

    /// <summary>Input: the whole.</summary>
    AtMost,

    /// <summary>Input: the other place it is printed.</summary>
    IdentityEqual,

    /// <summary>pop, yoy, ytd_yoy, season. Inputs: the figure (or running total), the base.</summary>
    DerivedChange,

    /// <summary>ratio, share, plan. Inputs: numerator, denominator (or plan).</summary>
    DerivedQuotient,

    /// <summary>ytd and sum.</summary>
    DerivedSum,

    DerivedDifference,

    /// <summary>Changes of amounts behind running totals, and against crop seasons. Inputs: the figures it goes by.</summary>
    DerivedOther,

    /// <summary>Inputs: the finer periods.</summary>
    PeriodsSum,

    /// <summary>Input: the last finer period.</summary>
    PeriodsLast,

    /// <summary>Means, maxima and ratios of sums. Inputs: the finer periods.</summary>
    PeriodsOther,

    /// <summary>Inputs: the areas.</summary>
    AreasSum,

    /// <summary>A rate of an area. Inputs: the sum of numerators, the sum of denominators.</summary>
    AreasRatio,

    /// <summary>Inputs: the year's flows.</summary>
    CumulativeOfFlows,

    /// <summary>Input: the earlier running total.</summary>
    CumulativeFall,

    /// <summary>Input: the other source's figure.</summary>
    Sources,

    /// <summary>A figure beside its own past; what is suspected of it decides the code. Input: the figure it is best compared with, where there is one.</summary>
    Statistical,
}
