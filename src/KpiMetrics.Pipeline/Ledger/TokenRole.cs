namespace KpiMetrics.Pipeline.Ledger;

/// <summary>What the bearer of a token may do.</summary>
public enum TokenRole
{
    /// <summary>Read.</summary>
    Viewer,

    /// <summary>Report the figures of one office, and read.</summary>
    Agency,

    /// <summary>Report for any office, tune schedules, declare emergencies, and read.</summary>
    Operator,

    /// <summary>Everything.</summary>
    Admin,
}
