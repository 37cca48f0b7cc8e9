namespace KpiMetrics.Core.Catalog;

/// <summary>What kind of figure a measure is, which decides what may be computed from it (DESIGN 4.5).</summary>
public enum MeasureKind
{
    /// <summary>An amount of the period; adds up over time.</summary>
    Flow,

    /// <summary>A state at a moment; over time the last value counts.</summary>
    Stock,

    /// <summary>A percentage or rate; never averaged, compared in percentage points.</summary>
    Ratio,

    /// <summary>Against a base year; figures of two bases are never divided.</summary>
    Index,

    /// <summary>Points, or a coded answer ("Có = 1; Không = 0").</summary>
    Score,

    /// <summary>A reported running total of the year.</summary>
    Cumulative,

    /// <summary>A bulletin; no number.</summary>
    Text,
}
