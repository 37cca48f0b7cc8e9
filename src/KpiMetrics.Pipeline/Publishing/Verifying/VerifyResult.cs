namespace KpiMetrics.Pipeline.Publishing.Verifying;

/// <summary>What a comparison found and mended.</summary>
/// <param name="Compared">Points that the ledger says there must be.</param>
/// <param name="Differences">By set, indicator and month; empty: both sides agree.</param>
/// <param name="Rewritten">Points published again; with those that depend on them.</param>
/// <param name="Deleted">Points taken away, those of whole series included.</param>
/// <param name="NotMended">Why something is still as it was, one line each.</param>
/// <param name="Waiting">Changed figures that still wait to be published; the points they reach were not compared.</param>
public sealed record VerifyResult(
    long Compared,
    IReadOnlyList<MonthDifference> Differences,
    long Rewritten,
    long Deleted,
    IReadOnlyList<string> NotMended,
    long Waiting
)
{
    /// <summary>Points that differ, without those that nobody can judge.</summary>
    public long Different => Differences.Sum(month => month.Missing + month.Different + month.Extra + month.Foreign);
}
