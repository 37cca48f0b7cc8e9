namespace KpiMetrics.Pipeline.Ledger.Sqlite;

/// <summary>A backup was not made or not restored; the message says why and what is as it was.</summary>
public sealed class LedgerBackupException : Exception
{
    public LedgerBackupException(string message)
        : base(message) { }

    public LedgerBackupException(string message, Exception inner)
        : base(message, inner) { }
}
