namespace KpiMetrics.Pipeline.Publishing;

/// <summary>InfluxDB will not work with us as we are set up: address, database or credentials. One line says which; retrying does not help.</summary>
public sealed class InfluxRefusedException(string message) : Exception(message);
