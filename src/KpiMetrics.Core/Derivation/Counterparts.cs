using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation;

/// <summary>Which period another is compared with.</summary>
internal static class Counterparts
{
    /// <summary>The period meant; null where the calendar has none.</summary>
    public static Period? Of(Counterpart counterpart, Period period) =>
        counterpart switch
        {
            Counterpart.Previous => period.Previous,
            Counterpart.YearEarlier => period.YearEarlier,
            _ => period.FirstOfYear.Previous,
        };

    /// <summary>How many periods lie between the two, always; 0 where only the calendar can tell.</summary>
    public static int Lag(Counterpart counterpart, Frequency frequency) =>
        (counterpart, frequency) switch
        {
            (Counterpart.Previous, _) => 1,
            (Counterpart.YearEarlier, Frequency.Month) => 12,
            (Counterpart.YearEarlier, Frequency.Quarter) => 4,
            (Counterpart.YearEarlier, Frequency.HalfYear) => 2,
            (Counterpart.YearEarlier, Frequency.Year) => 1,
            _ => 0,
        };
}
