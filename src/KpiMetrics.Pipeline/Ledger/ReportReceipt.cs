namespace KpiMetrics.Pipeline.Ledger;

/// <summary>What the ledger took from one report.</summary>
public sealed record ReportReceipt(long ReportId, int Recorded, int Repeated, int Refused);
