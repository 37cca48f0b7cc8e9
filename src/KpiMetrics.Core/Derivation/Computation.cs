namespace KpiMetrics.Core.Derivation;

/// <summary>How a computed figure came about.</summary>
/// <param name="Result">The value, or why there is none.</param>
/// <param name="Have">How many of the needed inputs were there.</param>
/// <param name="Need">How many there are.</param>
public sealed record Computation(FormulaKind Kind, Derived Result, int Have, int Need)
{
    public bool IsComplete => Have == Need;
}
