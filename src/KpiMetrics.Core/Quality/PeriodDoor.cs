using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;
using static System.FormattableString;

namespace KpiMetrics.Core.Quality;

/// <summary>
/// Which periods a measure may be reported for: those in which it is in force, of the frequencies mandated when they began, that have
/// begun (DESIGN 4.8, 4.10). A period counts by the first day of its window.
/// </summary>
public static class PeriodDoor
{
    /// <summary>Null where the period may be reported.</summary>
    public static DoorFault? Check(
        IndicatorSet set,
        Indicator indicator,
        Measure measure,
        Period period,
        DateTimeOffset receivedAt,
        TimeZoneInfo zone
    )
    {
        var day = set.FirstDayOf(indicator, period);
        if (OutOfForce(set, indicator, measure, day) is var (what, dates))
        {
            return new(
                RefusalCode.NotInForce,
                Invariant($"period '{period}' begins on {day:yyyy-MM-dd}; {what} is in force {dates}")
            );
        }
        var frequencies = indicator.On(day).Frequencies;
        if (!frequencies.Contains(period.Frequency))
            return new(RefusalCode.WrongFrequency, WrongFrequency(indicator, period, day, frequencies));
        var opens = set.WindowOf(indicator, period).OpensAt(zone);
        return opens > receivedAt
            ? new(
                RefusalCode.PeriodNotBegun,
                Invariant($"period '{period}' has not begun: its window opens on {opens:yyyy-MM-dd'T'HH:mm}")
            )
            : null;
    }

    // The widest that is not in force is named: it is the reason for all that lies within it.
    private static (string What, Validity Dates)? OutOfForce(IndicatorSet set, Indicator indicator, Measure measure, DateOnly day)
    {
        if (Validity.Of(set) is var ofSet && !ofSet.Contains(day))
            return ($"set {set.Code}", ofSet);
        if (Validity.Of(set, indicator) is var ofIndicator && !ofIndicator.Contains(day))
            return (indicator.Code, ofIndicator);
        if (Validity.Of(set, indicator, measure) is var ofMeasure && !ofMeasure.Contains(day))
            return (measure.Code, ofMeasure);
        return null;
    }

    private static string WrongFrequency(Indicator indicator, Period period, DateOnly day, IReadOnlyList<Frequency> allowed)
    {
        var codes = string.Join(", ", allowed.Select(frequency => frequency.Code()));
        var reported = allowed.SequenceEqual(indicator.Frequencies)
            ? $"is reported at {codes}"
            : Invariant($"was reported at {codes} on {day:yyyy-MM-dd}");
        return $"period '{period}' has frequency {period.Frequency.Code()}; {indicator.Code} {reported}";
    }
}
