namespace KpiMetrics.Pipeline.Ledger;

/// <summary>The right to publish has passed to somebody else, as when this process stood still: nothing more may be written by it.</summary>
public sealed class LeaseLostException(string message) : Exception(message);
