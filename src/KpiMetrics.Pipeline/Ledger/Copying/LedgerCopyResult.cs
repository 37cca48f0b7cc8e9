namespace KpiMetrics.Pipeline.Ledger.Copying;

/// <summary>What was copied, and found equal in both ledgers.</summary>
/// <param name="From">The file.</param>
/// <param name="To">Host, port and database.</param>
/// <param name="Requeued">Points that were on their way to InfluxDB, and are published once more.</param>
/// <param name="ReplacedTexts">
/// Texts with the character U+0000, which PostgreSQL cannot keep: there it is U+FFFD, the sign for what cannot be shown.
/// </param>
public sealed record LedgerCopyResult(string From, string To, IReadOnlyList<CopiedCount> Tables, int Requeued, long ReplacedTexts)
{
    public long Rows => Tables.Sum(table => table.Rows);
}
