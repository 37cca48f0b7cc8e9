using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Demo;

/// <summary>What a fresh ledger is to be filled with before the live ticks.</summary>
public static class DemoHistory
{
    /// <summary>
    /// The closed periods of every indicator of the demo at every frequency but hours, oldest first, for <c>BackfillAsync</c>; also the coarse ones
    /// that nobody is obliged to report, as years are compared by them where days are not kept. The coarsest come first: boards fill at once.
    /// </summary>
    public static IEnumerable<(Duty Duty, IReadOnlyList<Period> Periods)> Of(CatalogSnapshot catalog, DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, VietnamTime.Zone).DateTime;
        var scope = new DemoScope(catalog, DateOnly.FromDateTime(local));
        return from frequency in Enum.GetValues<Frequency>().OrderDescending()
            where frequency != Frequency.Hour
            from code in DemoScope.Sets
            let set = catalog.FindSet(code)
            where set is not null
            from indicator in set.Indicators
            where indicator.AllFrequencies.Contains(frequency)
            let periods = Closed(scope, set, indicator, frequency, local)
            where periods.Count > 0
            select (new Duty(set.Code, indicator.Code, frequency), (IReadOnlyList<Period>)periods);
    }

    private static List<Period> Closed(
        DemoScope scope,
        IndicatorSet set,
        Indicator indicator,
        Frequency frequency,
        DateTime local
    )
    {
        var periods = new List<Period>();
        var first = Period.At(frequency, scope.FirstDay(set.Code, frequency).ToDateTime(TimeOnly.MinValue));
        for (var period = first; set.WindowOf(indicator, period).End <= local; period = period.Shift(1))
        {
            if (scope.AreasOf(set, indicator, period).Any())
                periods.Add(period);
        }
        return periods;
    }
}
