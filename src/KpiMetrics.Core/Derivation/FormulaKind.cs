namespace KpiMetrics.Core.Derivation;

/// <summary>By what a figure that nobody reported comes about.</summary>
public enum FormulaKind
{
    /// <summary>A row that the set declares as derived.</summary>
    Rule,

    /// <summary>A rate from its numerator and denominator.</summary>
    Quotient,

    /// <summary>The measure it takes the place of, whose history goes on.</summary>
    FormerMeasure,

    /// <summary>Finer periods.</summary>
    FinerPeriods,

    /// <summary>The areas that lie in it.</summary>
    AreasWithin,

    /// <summary>The areas it was made from.</summary>
    Predecessors,
}
