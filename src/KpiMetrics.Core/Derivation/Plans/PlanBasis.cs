namespace KpiMetrics.Core.Derivation.Plans;

/// <summary>What a year's plan was split over its periods by.</summary>
public enum PlanBasis
{
    /// <summary><c>explicit</c>: the parts that were stated, in proportion where they do not add up to the plan.</summary>
    Explicit,

    /// <summary><c>seasonal</c>: the mean share that each period had in its year before.</summary>
    Seasonal,

    /// <summary><c>even</c>: the length of the periods by the calendar.</summary>
    Even,
}
