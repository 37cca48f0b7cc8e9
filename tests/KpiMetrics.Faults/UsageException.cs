namespace KpiMetrics.Faults;

/// <summary>The run was asked for in a way that it cannot be; the message is for who asked.</summary>
internal sealed class UsageException(string message, Exception? inner = null) : Exception(message, inner);
