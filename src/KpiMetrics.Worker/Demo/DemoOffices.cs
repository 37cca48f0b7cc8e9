using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Worker.Demo;

/// <summary>The offices that are not like the others; by the names of their decisions.</summary>
internal static class DemoOffices
{
    private const int OutageEvery = 6;
    private const int OutageHours = 3;

    // Each with few indicators, so that their outages do not look like the agency's.
    private static readonly string[] Failing = ["Sở Công Thương", "VP HĐND, UBND xã, phường"];
    private static readonly string[] Lazy = ["Sở Dân tộc và Tôn giáo", "Phòng kinh tế"];
    private static readonly string[] Estimating = ["Thống kê tỉnh"];

    /// <summary>Its system is down: three hours on one day in six.</summary>
    public static bool IsDown(DemoDice world, Indicator indicator, DateTime local)
    {
        if (!Failing.Contains(indicator.Agency))
            return false;
        var chance = world.And("outage").And(indicator.Agency).And(DateOnly.FromDateTime(local).DayNumber);
        var begins = chance.And("hour").Below(24 - OutageHours);
        return chance.Below(OutageEvery) == 0 && local.Hour >= begins && local.Hour < begins + OutageHours;
    }

    /// <summary>It reports one period in three.</summary>
    public static bool IsLazy(Indicator indicator) => Lazy.Contains(indicator.Agency);

    /// <summary>It publishes an estimate first.</summary>
    public static bool Estimates(Indicator indicator) => Estimating.Contains(indicator.Agency);
}
