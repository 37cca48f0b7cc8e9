namespace KpiMetrics.Pipeline.Ledger.Reports;

/// <summary>A series as one report knows it.</summary>
/// <param name="Id">Its small number.</param>
/// <param name="IsNew">First seen in this report: the ledger has no statement of it from before.</param>
internal sealed record NumberedSeries(int Id, bool IsNew, ReportedPlace Place);
