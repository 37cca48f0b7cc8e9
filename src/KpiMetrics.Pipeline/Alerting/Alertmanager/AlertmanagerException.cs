namespace KpiMetrics.Pipeline.Alerting.Alertmanager;

/// <summary>An Alertmanager is away, or does not take what it is sent.</summary>
public sealed class AlertmanagerException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>It is there, and something in what it was sent is not to its liking; in parts it may take some.</summary>
    public bool IsRefusal { get; init; }
}
