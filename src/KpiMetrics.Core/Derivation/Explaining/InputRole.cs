namespace KpiMetrics.Core.Derivation.Explaining;

/// <summary>As what an input goes into a formula.</summary>
public enum InputRole
{
    /// <summary>One of several that are treated alike.</summary>
    Part,

    /// <summary>What is compared.</summary>
    Compared,

    /// <summary>What it is compared with.</summary>
    Base,

    Numerator,

    Denominator,

    /// <summary>What the others are taken off from.</summary>
    Minuend,

    /// <summary>What is taken off.</summary>
    Subtrahend,

    /// <summary>The reported running total that later figures are added to.</summary>
    RunningTotal,

    /// <summary>What was done.</summary>
    Done,

    /// <summary>What was to be done.</summary>
    Planned,
}
