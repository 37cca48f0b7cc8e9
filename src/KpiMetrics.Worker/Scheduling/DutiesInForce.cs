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

    /// <summary>
    /// Those that need asking on the day: what is in force, and what was in force so recently that its last period may still be waited for. An indicator
    /// that is retired, or reported at another frequency from now on, owes its last period after its last day.
    /// </summary>
    public static IEnumerable<Duty> AskedOn(CatalogSnapshot catalog, DateOnly day) =>
        catalog
            .Sets.SelectMany(LastDays)
            .Where(last => last < day)
            .Distinct()
            .SelectMany(last => On(catalog, last).Where(duty => day <= AskedUntil(last, duty.Frequency)))
            .Union(On(catalog, day));

    private static IEnumerable<DateOnly> LastDays(IndicatorSet set) =>
        set
            .Indicators.SelectMany(indicator =>
                indicator.Was.Select(version => version.To).Append(indicator.To ?? DateOnly.MaxValue)
            )
            .Append(set.To ?? DateOnly.MaxValue);

    // The last period goes on after the last day for its length at most, and is due a year after its end at most.
    private static DateOnly AskedUntil(DateOnly last, Frequency frequency) =>
        last.AddDays(2 * 366 + (int)AskAgain.GivenUpAfter(frequency).TotalDays);

    /// <summary>Hours that are reported only while an emergency is in force (DESIGN 4.4).</summary>
    public static bool IsForEmergencies(CatalogSnapshot catalog, Duty duty, DateOnly day) =>
        catalog.FindSet(duty.Set) is { } set
        && catalog.FindIndicator(duty.Set, duty.Indicator) is { } indicator
        && DutyPlan.IsOnlyInEmergency(set, indicator.On(day), duty.Frequency);
}
