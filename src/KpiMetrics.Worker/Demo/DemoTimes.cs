using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Worker.Demo;

/// <summary>When offices send: through the province's exchange, which gathers what is ready into one round a period.</summary>
/// <remarks>
/// Whatever is late, repeated or corrected goes along with a later round where rounds are frequent. So a month of days is some 40 sendings and not
/// hundreds, each of which would be a report of its own in the ledger.
/// </remarks>
internal sealed class DemoTimes(DemoDice world, DemoDueDates due)
{
    private const double Late = 0.05;
    private const double Early = 0.10;
    private const int Rounds = 6;

    /// <summary>Of 100 reports 5 are late, 10 come right after the window closes, all others in between with the round.</summary>
    public DateTimeOffset First(IndicatorSet set, Indicator indicator, Period period, DemoDice chance)
    {
        var place = chance.Unit;
        if (place < Late)
            return AfterDue(set, indicator, period, chance);
        return place < Late + Early ? RightAfter(set, indicator, period) : Round(set, indicator, period);
    }

    public DateTimeOffset Again(IndicatorSet set, Indicator indicator, Period period, DateTimeOffset first) =>
        IsFrequent(period) ? After(first, Round(set, indicator, period.Shift(1))) : first.AddHours(6);

    public DateTimeOffset Corrected(
        IndicatorSet set,
        Indicator indicator,
        Period period,
        DemoDice chance,
        DateTimeOffset first
    ) =>
        IsFrequent(period)
            ? After(first, Round(set, indicator, period.Shift(2 + chance.Below(2))))
            : After(first, Round(set, indicator, period).AddDays(4 + 4 * chance.Below(2)));

    /// <summary>Along with the first round of the period after it, as statistics offices restate the month before.</summary>
    public DateTimeOffset Official(IndicatorSet set, Indicator indicator, Period period, DateTimeOffset first) =>
        After(first, Round(set, indicator, period.Shift(1)));

    private DateTimeOffset AfterDue(IndicatorSet set, Indicator indicator, Period period, DemoDice chance)
    {
        var (_, by) = due(set, indicator, period);
        if (period.Frequency > Frequency.Day)
            return by.AddDays(1 + 2 * chance.And("late").Below(2));
        var next = Round(set, indicator, period.Shift(1));
        return next > by ? next : by.AddHours(1);
    }

    private DateTimeOffset Round(IndicatorSet set, Indicator indicator, Period period)
    {
        var (closes, by) = due(set, indicator, period);
        if (by <= closes)
            return RightAfter(set, indicator, period); // due when it closes: nobody can be in time
        var round = 1 + world.And("round").And(indicator.Code).And(period.Index).Below(Rounds - 1);
        var at = closes + (by - closes) * round / Rounds;
        return at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMinute));
    }

    private DateTimeOffset RightAfter(IndicatorSet set, Indicator indicator, Period period) =>
        due(set, indicator, period).Closes.AddMinutes(period.Frequency == Frequency.Hour ? 1 : 5);

    private static bool IsFrequent(Period period) => period.Frequency <= Frequency.Week;

    private static DateTimeOffset After(DateTimeOffset first, DateTimeOffset later) => later > first ? later : first.AddHours(6);
}
