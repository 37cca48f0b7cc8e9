namespace KpiMetrics.Core.Derivation.Explaining;

/// <summary>What is done with the numbers of the inputs.</summary>
public enum Arithmetic
{
    /// <summary>Nothing: the number was stated, or there is none.</summary>
    None,

    /// <summary>The only input as it is.</summary>
    Same,

    /// <summary>All numbers that are there, each times its weight, added up.</summary>
    Sum,

    /// <summary>The first less all others.</summary>
    Difference,

    /// <summary>The first against the second: <c>(v - b) / |b| * 100</c>.</summary>
    Change,

    /// <summary>The first divided by the second.</summary>
    Quotient,

    /// <summary>The first in percent of the second.</summary>
    Percent,

    /// <summary>The arithmetic mean of all numbers that are there.</summary>
    Mean,

    /// <summary>The geometric mean of all numbers that are there.</summary>
    GeometricMean,

    /// <summary>The greatest of all numbers that are there.</summary>
    Max,
}
