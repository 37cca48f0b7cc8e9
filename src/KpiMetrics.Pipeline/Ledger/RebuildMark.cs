namespace KpiMetrics.Pipeline.Ledger;

/// <summary>Everything is to be published again.</summary>
/// <param name="Mark">Grows with each time it was asked for.</param>
/// <param name="Figures">About how many figures are left.</param>
/// <param name="Done">The measure that was done last, as the publisher names it; empty before the first.</param>
public sealed record RebuildMark(long Mark, DateTimeOffset MarkedAt, long Figures, string Done);
