namespace KpiMetrics.Core.Quality.Checks;

/// <summary>Why two figures cannot be held against each other.</summary>
public enum Incomputable
{
    /// <summary>The figure to be checked is not reported.</summary>
    NotStated,

    /// <summary>A figure it follows from is not reported.</summary>
    InputMissing,

    /// <summary>A rate is stated although its denominator is 0.</summary>
    ZeroDenominator,

    /// <summary>The result has more digits than a decimal holds.</summary>
    TooLarge,

    /// <summary>One is an estimate and the other is not, or their vintages differ: they need not agree.</summary>
    DifferentStatement,
}
