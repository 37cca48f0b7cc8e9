namespace KpiMetrics.Core.Catalog.Changes;

/// <summary>In what one version of a set differs from another.</summary>
public enum ChangeKind
{
    Added,

    /// <summary>Given a last day; it stays in the catalog, and its figures with it.</summary>
    Retired,

    /// <summary>No longer in the catalog at all.</summary>
    Gone,

    /// <summary>Another takes its place, and counting begins anew.</summary>
    ReplacedBy,

    /// <summary>Another takes its place, and its history goes on.</summary>
    ContinuedBy,
    Renamed,
    Agency,
    Frequency,

    /// <summary>What the former versions say of a day.</summary>
    History,

    /// <summary>The days in force, other than by being retired.</summary>
    Validity,
    Unit,
    Kind,
    Aggregation,
    OverTime,

    /// <summary>How a measure is computed, or that it is.</summary>
    Derivation,
    Identities,
    Range,
    Bases,
    Subjects,

    /// <summary>A threshold of a measure that is new, changed or gone.</summary>
    Thresholds,
    Regime,
    Season,

    /// <summary>Something known to have moved figures that is new, changed or gone.</summary>
    Event,

    /// <summary>Number, date and authority of the decision.</summary>
    Decision,

    /// <summary>For which areas figures are asked.</summary>
    Areas,

    /// <summary>The order in which sources are trusted.</summary>
    Sources,

    /// <summary>At which of its frequencies an indicator must be reported.</summary>
    Obliged,
}
