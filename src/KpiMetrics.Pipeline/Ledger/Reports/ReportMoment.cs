namespace KpiMetrics.Pipeline.Ledger.Reports;

/// <summary>When a report reached us, in milliseconds since 1970.</summary>
/// <param name="IsStated">True when the sender named the instant, false when our clock did.</param>
internal readonly record struct ReportMoment(long ReceivedAt, bool IsStated, long ReportId);
