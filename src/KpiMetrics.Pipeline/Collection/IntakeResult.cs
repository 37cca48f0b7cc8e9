using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Pipeline.Collection;

/// <summary>What became of a report's rows.</summary>
/// <param name="Rows">How many were read.</param>
/// <param name="Receipt">What the ledger took, or would have taken in a dry run.</param>
public sealed record IntakeResult(int Rows, ReportReceipt Receipt);
