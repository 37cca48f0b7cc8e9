using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Obligations;

/// <summary>Which frequencies of an indicator must be reported (DESIGN 4.4).</summary>
public static class DutyPlan
{
    /// <summary>Hourly, and at a coarser frequency besides ("Giờ/Ngày").</summary>
    public static bool IsEmergencyKind(Indicator indicator) => indicator.Frequencies is [Frequency.Hour, _, ..];

    /// <summary>True for hours that must be reported in an emergency and at no other time; a set that obliges each frequency has none.</summary>
    /// <param name="indicator">As it is on the day (<see cref="Indicator.On"/>).</param>
    public static bool IsOnlyInEmergency(IndicatorSet set, Indicator indicator, Frequency frequency) =>
        frequency == Frequency.Hour && !set.ObligesEach && IsEmergencyKind(indicator);

    /// <summary>
    /// The frequencies at which the indicator must be reported: the finest, as the coarser ones follow from it; each one where its set says so; of one
    /// that is hourly in emergencies the hours and the finest of the others.
    /// </summary>
    /// <param name="indicator">As it is on the day (<see cref="Indicator.On"/>).</param>
    public static IEnumerable<Frequency> Frequencies(IndicatorSet set, Indicator indicator)
    {
        if (set.ObligesEach)
            return indicator.Frequencies;
        return indicator.Frequencies.Take(IsEmergencyKind(indicator) ? 2 : 1);
    }

    /// <summary>Every duty that the set ever had, in document order, finest first.</summary>
    public static IEnumerable<Duty> Of(IndicatorSet set) =>
        from indicator in set.Indicators
        from frequency in indicator.AllFrequencies
        where Versions(indicator).Any(version => Frequencies(set, version).Contains(frequency))
        select new Duty(set.Code, indicator.Code, frequency);

    private static IEnumerable<Indicator> Versions(Indicator indicator) =>
        indicator.Was.Select(version => indicator.On(version.To)).Append(indicator);
}
