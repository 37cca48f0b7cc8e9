using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Collection;

/// <summary>Which periods a source is asked for: those whose windows have closed, the last and so many before it, oldest first, without those in which the indicator or the frequency was not in force.</summary>
public static class PeriodsToAsk
{
    public static IEnumerable<Period> At(
        IndicatorSet set,
        Indicator indicator,
        Frequency frequency,
        DateTimeOffset at,
        int lookback,
        TimeZoneInfo zone
    )
    {
        var local = TimeZoneInfo.ConvertTime(at, zone).DateTime;
        var last = Period.At(frequency, local).Next;
        while (last is { } open && set.WindowOf(indicator, open).ClosesAt(zone) > at)
            last = open.Previous;
        for (var back = lookback; back >= 0; back--)
        {
            if (last?.TryShift(-back) is { } period && IsAsked(set, indicator, period))
                yield return period;
        }
    }

    private static bool IsAsked(IndicatorSet set, Indicator indicator, Period period)
    {
        var day = set.FirstDayOf(indicator, period);
        return Validity.IsInForce(set, indicator, null, day) && indicator.On(day).Frequencies.Contains(period.Frequency);
    }
}
