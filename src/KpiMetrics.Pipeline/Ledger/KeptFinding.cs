using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>A finding as the ledger keeps it.</summary>
/// <param name="Source">Who stated the figure; empty where it does not matter.</param>
/// <param name="Against">What the figure is held against: tells several findings of one figure and code apart.</param>
/// <param name="Sentence">In Vietnamese, with the numbers.</param>
/// <param name="Recomputed">Null where it cannot be computed.</param>
/// <param name="FoundAt">Of the check that found it first.</param>
/// <param name="CheckedAt">Of the check that found it last.</param>
/// <param name="ResolvedAt">Of the check that no longer found it; null while it holds.</param>
public sealed record KeptFinding(
    long Id,
    SeriesKey Series,
    Period Period,
    string Code,
    string Source,
    string Against,
    string Sentence,
    decimal Stated,
    decimal? Recomputed,
    decimal? Difference,
    DateTimeOffset FoundAt,
    DateTimeOffset CheckedAt,
    DateTimeOffset? ResolvedAt
);
