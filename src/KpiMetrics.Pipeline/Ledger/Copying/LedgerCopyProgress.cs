namespace KpiMetrics.Pipeline.Ledger.Copying;

/// <summary>How far a copy is.</summary>
/// <param name="Rows">Of the table, so far.</param>
/// <param name="IsComparing">It is written, and read again to be compared.</param>
public readonly record struct LedgerCopyProgress(string Table, long Rows, bool IsComparing);
