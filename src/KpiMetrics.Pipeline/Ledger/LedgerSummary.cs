namespace KpiMetrics.Pipeline.Ledger;

/// <summary>What a ledger holds, in a few numbers that a person can compare.</summary>
/// <param name="Statements">Rows of the ledger: every statement ever recorded.</param>
/// <param name="LastChangeAt">The newest entry of the audit trail; null where there is none.</param>
/// <param name="Bytes">Size of its file.</param>
public sealed record LedgerSummary(long Statements, long Reports, DateTimeOffset? LastChangeAt, long Bytes);
