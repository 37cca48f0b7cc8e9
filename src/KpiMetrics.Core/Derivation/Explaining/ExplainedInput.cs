namespace KpiMetrics.Core.Derivation.Explaining;

/// <summary>One input of a formula, itself explained.</summary>
public sealed record ExplainedInput(InputRole Role, Explanation Of)
{
    /// <summary>What its number is multiplied by: the part of a divided area, -1 for what is taken off a sum.</summary>
    public decimal Weight { get; init; } = 1m;

    /// <summary>What its number is divided by to have the index's base of the period explained.</summary>
    public decimal Link { get; init; } = 1m;

    /// <summary>Its number as it goes into the formula; null where it has none.</summary>
    public decimal? Number => Of.Result.Value is { } value ? value * Weight / Link : null;
}
