namespace KpiMetrics.Pipeline.Ledger.Reports;

/// <summary>What became of an obligation.</summary>
/// <param name="Lacks">The measures that are not there, in the order in which they are needed.</param>
/// <param name="FirstAt">Since when something is there, in milliseconds since 1970; null while nothing is.</param>
/// <param name="CompleteAt">Since when all is there; null while something lacks.</param>
internal sealed record FulfilmentState(IReadOnlyList<string> Lacks, long? FirstAt, long? CompleteAt);
