namespace KpiMetrics.Pipeline.Ledger;

/// <summary>The push was taken by somebody else meanwhile; nothing of this one is kept, and its receipt can be read.</summary>
public sealed class PushTakenException(string message) : Exception(message);
