using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Quality;

/// <summary>Which office may report a figure: the one that must, today or in the period the figure is of (DESIGN 4.8, 4.10).</summary>
public static class AgencyDoor
{
    /// <summary>Null where the office may report the measure.</summary>
    /// <param name="period">Null where it is not known: then only the office of today may.</param>
    public static DoorFault? Check(IndicatorSet set, Indicator indicator, Measure measure, Period? period, string agency)
    {
        var today = measure.Agency ?? indicator.Agency;
        if (PrintedText.IsSame(today, agency))
            return null;
        var then = period is { } of ? On(indicator, measure, set.FirstDayOf(indicator, of)) : today;
        if (PrintedText.IsSame(then, agency))
            return null;
        var allowed = PrintedText.IsSame(then, today) ? today : $"{then} or {today}";
        return new(RefusalCode.WrongAgency, $"agency {Shown.Of(agency)} does not report {measure.Code}; allowed: {allowed}");
    }

    /// <summary>True where the set names the office anywhere, also one that once reported.</summary>
    public static bool IsKnown(IndicatorSet set, string agency) => Offices(set).ContainsKey(PrintedText.Folded(agency));

    /// <summary>The offices as the set prints them first, each once, in document order.</summary>
    public static IEnumerable<string> All(IndicatorSet set) => Offices(set).Values;

    /// <summary>What a message lists as allowed: the offices as the set prints them, each once.</summary>
    public static string Allowed(IndicatorSet set) =>
        Offices(set).Count == 0 ? "none, for it names no offices" : string.Join("; ", Offices(set).Values);

    // By the folded name, in document order.
    private static OrderedDictionary<string, string> Offices(IndicatorSet set)
    {
        var offices = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var office in set.Agencies.Concat(set.Indicators.SelectMany(Of)))
            offices.TryAdd(PrintedText.Folded(office), office);
        return offices;
    }

    private static IEnumerable<string> Of(Indicator indicator) =>
        indicator
            .Was.Concat(indicator.Measures.SelectMany(measure => measure.Was))
            .Select(version => version.Agency)
            .Concat(indicator.Measures.Select(measure => measure.Agency))
            .Prepend(indicator.Agency)
            .OfType<string>();

    private static string On(Indicator indicator, Measure measure, DateOnly day) =>
        measure.On(day).Agency ?? indicator.On(day).Agency;
}
