using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;

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

    /// <summary>Hours of an indicator that also has a coarser frequency are reported only while an emergency is in force (DESIGN 4.4).</summary>
    public static bool IsForEmergencies(CatalogSnapshot catalog, Duty duty, DateOnly day) =>
        duty.Frequency == Frequency.Hour
        && catalog.FindIndicator(duty.Set, duty.Indicator) is { } indicator
        && indicator.On(day).Frequencies.Count > 1;
}
