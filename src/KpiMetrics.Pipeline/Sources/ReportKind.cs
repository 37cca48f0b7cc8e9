namespace KpiMetrics.Pipeline.Sources;

/// <summary>What the rows of a report state, which decides its columns.</summary>
public enum ReportKind
{
    /// <summary>Reported figures.</summary>
    Figures,

    /// <summary>Plans of years and parts of years.</summary>
    Plans,
}
