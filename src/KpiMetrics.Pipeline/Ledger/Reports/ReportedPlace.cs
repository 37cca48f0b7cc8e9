using KpiMetrics.Core.Obligations;

namespace KpiMetrics.Pipeline.Ledger.Reports;

/// <summary>For which periods a report brought something new of one duty in one area.</summary>
internal sealed record ReportedPlace(Duty Duty, string Area)
{
    public HashSet<int> Periods { get; } = [];
}
