namespace KpiMetrics.Pipeline.Ledger.Copying;

/// <summary>What a table came to in both ledgers.</summary>
/// <param name="Hash">Of its rows, whatever their order: the same in both.</param>
public sealed record CopiedCount(string Table, long Rows, string Hash);
