namespace KpiMetrics.Core.Derivation;

/// <summary>How a computed figure came about.</summary>
/// <param name="Result">The value, or why there is none.</param>
/// <param name="Have">How many of the needed inputs were there.</param>
/// <param name="Need">How many there are.</param>
public sealed record Computation(FormulaKind Kind, Derived Result, int Have, int Need)
{
    public bool IsComplete => Have == Need;

    /// <summary>Of a total that lacks parts, a mark of those that went in, the same for the same ones; null where that is not known.</summary>
    public int? Extent { get; init; }
}
