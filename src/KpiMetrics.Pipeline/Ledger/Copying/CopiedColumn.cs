namespace KpiMetrics.Pipeline.Ledger.Copying;

internal readonly record struct CopiedColumn(string Name, CopiedKind Kind);
