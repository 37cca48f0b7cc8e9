namespace KpiMetrics.Core.Derivation.Explaining;

/// <summary>What of a figure is explained.</summary>
public enum ExplainedPart
{
    /// <summary>The figure itself.</summary>
    Value,

    /// <summary>Against the period before.</summary>
    Pop,

    /// <summary>Against the same period a year before.</summary>
    Yoy,

    /// <summary>The year so far.</summary>
    Ytd,

    /// <summary>The year so far against the year before.</summary>
    YtdYoy,

    /// <summary>What is done of the plan of the year, in percent.</summary>
    Plan,

    /// <summary>The amount of one period behind a reported running total.</summary>
    Amount,

    /// <summary>A crop season up to a stage of it.</summary>
    Season,

    /// <summary>What was to be done in the year, or a part of it.</summary>
    Planned,
}
