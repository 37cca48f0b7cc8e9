namespace KpiMetrics.Core.Catalog;

/// <summary>How much a crossed level matters; the words are those that Alertmanager's routes go by.</summary>
public enum ThresholdSeverity
{
    /// <summary><c>info</c>: to be known.</summary>
    Info,

    /// <summary><c>warning</c>: to be watched.</summary>
    Warning,

    /// <summary><c>critical</c>: somebody must act.</summary>
    Critical,
}
