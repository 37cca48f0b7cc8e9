namespace KpiMetrics.Core.Alerting;

/// <summary>How much an alert presses; the worse is the greater.</summary>
public enum AlertSeverity
{
    /// <summary>To be known.</summary>
    Info,

    /// <summary>To be acted on in office hours.</summary>
    Warning,

    /// <summary>To be acted on now.</summary>
    Critical,
}
