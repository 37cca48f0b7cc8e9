namespace KpiMetrics.Pipeline.Alerting.Alertmanager;

/// <summary>An Alertmanager is away, or does not take what it is sent.</summary>
public sealed class AlertmanagerException(string message, Exception? inner = null) : Exception(message, inner);
