namespace KpiMetrics.Pipeline.Publishing;

/// <summary>InfluxDB cannot be reached or cannot work now; the same may succeed later.</summary>
public sealed class InfluxUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
