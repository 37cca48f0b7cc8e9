namespace KpiMetrics.Pipeline.Ledger.Reports;

/// <summary>One row of the ledger: what a source said of a figure, and when.</summary>
/// <param name="ReceivedAt">Milliseconds since 1970.</param>
/// <param name="ReportId">Of two statements of one instant, the one of the later report counts.</param>
internal readonly record struct StoredStatement(long ReceivedAt, long ReportId, StatedContent Content);
