using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Obligations;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>Which duties the catalog knows.</summary>
public static class DutiesInForce
{
    /// <summary>Every indicator in force on the day at each frequency it has then, those of emergencies included.</summary>
    public static IEnumerable<Duty> On(CatalogSnapshot catalog, DateOnly day) =>
        from set in catalog.Sets
        from indicator in set.Indicators
        where Validity.IsInForce(set, indicator, null, day)
        from frequency in indicator.On(day).Frequencies
        select new Duty(set.Code, indicator.Code, frequency);

    /// <summary>Hours that are reported only while an emergency is in force (DESIGN 4.4).</summary>
    public static bool IsForEmergencies(CatalogSnapshot catalog, Duty duty, DateOnly day) =>
        catalog.FindSet(duty.Set) is { } set
        && catalog.FindIndicator(duty.Set, duty.Indicator) is { } indicator
        && DutyPlan.IsOnlyInEmergency(set, indicator.On(day), duty.Frequency);
}
