using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;
using static System.FormattableString;

namespace KpiMetrics.Core.Quality;

/// <summary>Which periods an indicator may be reported for: those of its mandated frequencies that have begun (DESIGN 4.8).</summary>
public static class PeriodDoor
{
    /// <summary>Null where the period may be reported.</summary>
    public static DoorFault? Check(
        IndicatorSet set,
        Indicator indicator,
        Period period,
        DateTimeOffset receivedAt,
        TimeZoneInfo zone
    )
    {
        if (!indicator.Frequencies.Contains(period.Frequency))
        {
            return new(
                RefusalCode.WrongFrequency,
                $"period '{period}' has frequency {period.Frequency.Code()}; {indicator.Code} is reported at {string.Join(", ", indicator.Frequencies.Select(frequency => frequency.Code()))}"
            );
        }
        var opens = set.WindowOf(period).OpensAt(zone);
        return opens > receivedAt
            ? new(
                RefusalCode.PeriodNotBegun,
                Invariant($"period '{period}' has not begun: its window opens on {opens:yyyy-MM-dd'T'HH:mm}")
            )
            : null;
    }
}
