using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Catalog;

/// <summary>On which day the code that a set lies within is read: codes are used again, a set means the area of its own day.</summary>
internal static class SetHome
{
    /// <summary>
    /// The set's first day or that of its decision (of a month its first), whichever is later: a decision may look back, but it names areas as they
    /// are called when it is written. Null where neither could be read.
    /// </summary>
    public static DateOnly? DayOf(IndicatorSet set)
    {
        DateOnly? decided = Period.TryParse(set.Date, out var date, out _) ? DateOnly.FromDateTime(date.Start) : null;
        return set.From > decided ? set.From : decided ?? set.From;
    }
}
