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
    public static bool IsKnown(IndicatorSet set, string agency) => SetOffices.Of(set).Has(agency);

    /// <summary>
    /// A name that offices have in common where they may report the same figure, one of them today and the other once. What offices of different circles report
    /// of a set never concerns the same figure.
    /// </summary>
    public static string CircleOf(IndicatorSet set, string agency) => SetOffices.Of(set).CircleOf(agency);

    /// <summary>The offices as the set prints them first, each once, in document order.</summary>
    public static IEnumerable<string> All(IndicatorSet set) => SetOffices.Of(set).Names;

    /// <summary>What a message lists as allowed: the offices as the set prints them, each once.</summary>
    public static string Allowed(IndicatorSet set) =>
        SetOffices.Of(set).Names is { Count: > 0 } names ? string.Join("; ", names) : "none, for it names no offices";

    private static string On(Indicator indicator, Measure measure, DateOnly day) =>
        measure.On(day).Agency ?? indicator.On(day).Agency;
}
