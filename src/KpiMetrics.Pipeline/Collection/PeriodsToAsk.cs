using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Collection;

/// <summary>Which periods a source is asked for: those whose windows have closed, the last and so many before it, oldest first.</summary>
public static class PeriodsToAsk
{
    public static IEnumerable<Period> At(
        IndicatorSet set,
        Frequency frequency,
        DateTimeOffset at,
        int lookback,
        TimeZoneInfo zone
    )
    {
        var local = TimeZoneInfo.ConvertTime(at, zone).DateTime;
        var last = Period.At(frequency, local).Next;
        while (last is { } open && set.WindowOf(open).ClosesAt(zone) > at)
            last = open.Previous;
        for (var back = lookback; back >= 0; back--)
        {
            if (last?.TryShift(-back) is { } period)
                yield return period;
        }
    }
}
