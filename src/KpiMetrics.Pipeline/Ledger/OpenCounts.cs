namespace KpiMetrics.Pipeline.Ledger;

/// <summary>How many obligations are past due and incomplete, and how many are missing altogether (past grace).</summary>
public sealed record OpenCounts(long Overdue, long Missing);
