namespace KpiMetrics.Pipeline.Ledger.Copying;

/// <summary>A ledger was not copied; the message says why. Both ledgers are as they were.</summary>
public sealed class LedgerCopyException : Exception
{
    public LedgerCopyException(string message)
        : base($"{message} Nothing was copied.") { }

    public LedgerCopyException(string message, Exception inner)
        : base($"{message} Nothing was copied.", inner) { }
}
