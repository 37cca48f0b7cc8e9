using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Worker.Demo;

/// <summary>Who reports what in the demo, and since when.</summary>
/// <remarks>
/// Bắc Ninh whole for three years, before the merger by its two predecessors. Lào Cai whole for nine communes since they exist, except that of
/// daily and hourly figures only the newest 62 days are there; one commune has daily ones for all the time, so that years can be compared.
/// </remarks>
/// <param name="today">The day on which the agency starts; it counts back from there.</param>
public sealed class DemoScope(CatalogSnapshot catalog, DateOnly today)
{
    /// <summary>The sets of the demo.</summary>
    public static readonly IReadOnlyList<string> Sets = ["bac-ninh", "lao-cai"];

    private const string CommuneSet = "lao-cai";
    private const int Years = 3;
    private const int FineDays = 62;
    private static readonly DateOnly Merger = new(2025, 7, 1);

    // The first reports days the longest.
    private static readonly string[] Communes = ["02647", "02671", "02683", "02839", "03006", "03082", "04252", "04288", "04456"];

    /// <summary>The first day of which anything is reported.</summary>
    public DateOnly FirstDay(string set)
    {
        var day = new DateOnly(today.Year, today.Month, 1).AddYears(-Years);
        return set == CommuneSet && day < Merger ? Merger : day;
    }

    /// <summary>The first day on which all communes report by the day: from there on nothing is missing that the demo does not mean to be.</summary>
    public DateOnly FirstWholeDay => today.AddDays(-FineDays);

    /// <summary>The areas that report the period, by the code they bear when it ends; empty where it is not in the demo.</summary>
    public IEnumerable<Area> AreasOf(IndicatorSet set, Indicator indicator, Period period)
    {
        if (!Sets.Contains(set.Code))
            return [];
        var day = set.WindowOf(indicator, period).LastDay;
        var first = set.FirstDayOf(indicator, period);
        if (day < FirstDay(set.Code) || !Validity.IsInForce(set, indicator, null, first))
            return [];
        return indicator.On(first).Frequencies.Contains(period.Frequency) ? Areas(set, period.Frequency, day) : [];
    }

    private IEnumerable<Area> Areas(IndicatorSet set, Frequency frequency, DateOnly day)
    {
        if (set.Code != CommuneSet)
            return catalog.HomeAndEarlier(set).Where(area => area.Level == set.Level && area.IsValidOn(day));
        var codes = Communes.AsEnumerable();
        if (frequency <= Frequency.Day && day < FirstWholeDay)
            codes = frequency == Frequency.Day ? Communes.Take(1) : [];
        return codes.Select(code => catalog.FindArea(code, day)).OfType<Area>().Where(area => catalog.IsOf(set, area, day));
    }
}
