using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Pipeline.Collection;

/// <summary>Rows that are in the ledger's transaction; <paramref name="Outcomes"/> has one entry for each of those that have a figure, in their order.</summary>
internal sealed record AppendedRows(IReadOnlyList<GatheredRow> Rows, IReadOnlyList<AppendOutcome> Outcomes);
