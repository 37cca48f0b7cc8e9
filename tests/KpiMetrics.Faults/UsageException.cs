namespace KpiMetrics.Faults;

/// <summary>The run was asked for in a way that it cannot be; the message is for who asked.</summary>
public sealed class UsageException(string message, Exception? inner = null) : Exception(message, inner);
