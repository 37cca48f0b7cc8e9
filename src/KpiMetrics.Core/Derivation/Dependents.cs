using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation;

/// <summary>Which derived figures a changed figure reaches, and which figures a derived one needs (DESIGN 4.6).</summary>
public static class Dependents
{
    /// <summary>
    /// The periods whose derived figures may change with that of <paramref name="changed"/>: itself, the next one (pop), those to
    /// the year's end (ytd), and the same a year later (yoy). In order, none twice, and no others.
    /// </summary>
    public static IEnumerable<Period> Of(Period changed)
    {
        var last = changed.LastOfYear;
        for (var index = changed.Index; index <= last.Index; index++)
            yield return Period.FromIndex(changed.Frequency, index);
        var next = changed.Next;
        if (next is { } following && following > last)
            yield return following;
        foreach (var later in changed.YearLater)
        {
            if (later != next)
                yield return later;
        }
    }

    /// <summary>The last period of <see cref="Of"/>.</summary>
    public static Period LastOf(Period changed) => Of(changed).Last();

    /// <summary>The earliest period that any derived figure of <paramref name="period"/> reads.</summary>
    public static Period InputsFrom(Period period)
    {
        var first = period.FirstOfYear;
        if (period.Previous is { } previous && previous < first)
            first = previous;
        return period.YearEarlier is { } earlier && earlier < first ? earlier : first;
    }
}
