using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Worker.Demo;

/// <summary>Who reports what in the demo, and since when.</summary>
/// <remarks>
/// Bắc Ninh whole for three years, before the merger by its two predecessors; its days for two. Lào Cai whole for nine communes since they exist,
/// except that of their days and hours, which would be three times all the rest, only the newest 62 days are there.
/// </remarks>
/// <param name="today">The day on which the agency starts; it counts back from there.</param>
public sealed class DemoScope(CatalogSnapshot catalog, DateOnly today)
{
    /// <summary>The sets of the demo.</summary>
    public static readonly IReadOnlyList<string> Sets = ["bac-ninh", "lao-cai"];

    private const string CommuneSet = "lao-cai";
    private const int Years = 3;
    private const int YearsOfDays = 2;
    private const int FineDays = 62;
    private static readonly DateOnly Merger = new(2025, 7, 1);

    private static readonly string[] Communes = ["02647", "02671", "02683", "02839", "03006", "03082", "04252", "04288", "04456"];

    /// <summary>The first day of which anything is reported at the frequency. From the latest of them on nothing is missing but what is meant to be.</summary>
    public DateOnly FirstDay(string set, Frequency frequency)
    {
        var month = new DateOnly(today.Year, today.Month, 1);
        var isFine = frequency <= Frequency.Day;
        if (set != CommuneSet)
            return month.AddYears(isFine ? -YearsOfDays : -Years);
        var day = isFine ? today.AddDays(-FineDays) : month.AddYears(-Years);
        return day < Merger ? Merger : day;
    }

    /// <summary>The areas that report the period, by the code they bear when it ends; empty where it is not in the demo.</summary>
    public IEnumerable<Area> AreasOf(IndicatorSet set, Indicator indicator, Period period)
    {
        if (!Sets.Contains(set.Code))
            return [];
        var day = set.WindowOf(indicator, period).LastDay;
        var first = set.FirstDayOf(indicator, period);
        if (!Validity.IsInForce(set, indicator, null, first))
            return [];
        return indicator.On(first).Frequencies.Contains(period.Frequency) ? Areas(set, period.Frequency, day) : [];
    }

    private IEnumerable<Area> Areas(IndicatorSet set, Frequency frequency, DateOnly day)
    {
        if (day < FirstDay(set.Code, frequency))
            return [];
        if (set.Code != CommuneSet)
            return catalog.HomeAndEarlier(set).Where(area => area.Level == set.Level && area.IsValidOn(day));
        return Communes.Select(code => catalog.FindArea(code, day)).OfType<Area>().Where(area => catalog.IsOf(set, area, day));
    }
}
