namespace KpiMetrics.Pipeline.Collection;

/// <summary>A file changed while it was read; nothing of it is taken, and the next visit reads it again.</summary>
public sealed class FileStillWrittenException(string message) : Exception(message);
