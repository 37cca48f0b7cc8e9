using KpiMetrics.Core.Catalog;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Pipeline.Alerting;

/// <summary>Names what must be reported: <c>Diện tích lúa, Xã Bảo Yên, kỳ 2026-10</c>.</summary>
internal static class ReportText
{
    public static string Of(CatalogSnapshot catalog, OpenObligation one)
    {
        var indicator = catalog.FindIndicator(one.Duty.Set, one.Duty.Indicator)?.Name ?? one.Duty.Indicator;
        var area = catalog.FindAreaById(one.Area)?.FullName ?? one.Area;
        return $"{indicator}, {area}, kỳ {one.Period}";
    }
}
