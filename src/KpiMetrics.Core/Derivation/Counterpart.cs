namespace KpiMetrics.Core.Derivation;

/// <summary>With which other period of its series a figure is compared.</summary>
public enum Counterpart
{
    /// <summary>The period before.</summary>
    Previous,

    /// <summary>The same period a year before.</summary>
    YearEarlier,

    /// <summary>The last period of the year before: December, for a month.</summary>
    YearEnd,
}
