namespace KpiMetrics.Pipeline.Ledger.Reports;

/// <summary>A row to be added to the ledger.</summary>
internal readonly record struct NewStatement(FigureKey Key, StoredStatement Row);
