namespace KpiMetrics.Pipeline.Ledger.Copying;

/// <summary>A table that is carried from one store to the other, with all its columns.</summary>
/// <param name="IsNumbered">Its first column is a number that the store gives out.</param>
internal sealed record CopiedTable(string Name, bool IsNumbered, IReadOnlyList<CopiedColumn> Columns);
