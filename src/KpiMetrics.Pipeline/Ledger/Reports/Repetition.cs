namespace KpiMetrics.Pipeline.Ledger.Reports;

/// <summary>The last time a source repeated what it had said latest of a figure.</summary>
/// <param name="ReceivedAt">Milliseconds since 1970.</param>
internal readonly record struct Repetition(long ReceivedAt, long ReportId);
