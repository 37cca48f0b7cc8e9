namespace KpiMetrics.Pipeline.Ledger.Sqlite;

/// <summary>The file of the ledger was deleted or replaced under a running process; what it took from now on would be lost.</summary>
public sealed class LedgerReplacedException : IOException
{
    public LedgerReplacedException(string message)
        : base(message) { }

    public LedgerReplacedException(string message, Exception inner)
        : base(message, inner) { }
}
