using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation;

/// <summary>Which derived figures of a series a changed figure reaches, and which figures a derived one needs (DESIGN 4.6).</summary>
public static class Dependents
{
    /// <summary>
    /// The periods whose derived figures may change with that of <paramref name="changed"/>: itself, the next one (pop), the same a year later
    /// (yoy), and where the year adds up those to the year's end (ytd) and, a year later, from the same one to that year's end (ytd_yoy). In order,
    /// none twice, and no others.
    /// </summary>
    public static IEnumerable<Period> Of(Period changed, Measure measure)
    {
        var reached = new PeriodSpans(changed.Frequency);
        AddTo(reached, changed, measure);
        return reached.Periods;
    }

    /// <summary>The last period of <see cref="Of"/>.</summary>
    public static Period LastOf(Period changed, Measure measure) => Of(changed, measure).Last();

    /// <summary>Adds those of <see cref="Of"/>, without counting the way to a year's end.</summary>
    public static void AddTo(PeriodSpans reached, Period changed, Measure measure)
    {
        AddNear(reached, changed);
        // The amount behind a running total changes with that of the next period too, and so does what is compared with it.
        if (measure.Kind == MeasureKind.Cumulative && changed.Next is { } next)
            AddNear(reached, next);
        if (measure.HasYearToDate)
        {
            reached.Add(changed, changed.LastOfYear);
            if (SameStageNextYear(changed) is { } later)
                reached.Add(later, later.LastOfYear);
        }
    }

    /// <summary>The earliest period that any derived figure of <paramref name="period"/> reads: the first of the year before.</summary>
    public static Period InputsFrom(Period period) =>
        period.Year == Period.FirstYear ? period.FirstOfYear : Period.Of(period.Frequency, period.Year - 1);

    private static void AddNear(PeriodSpans reached, Period period)
    {
        reached.Add(period, period.Next ?? period);
        foreach (var later in period.YearLater)
            reached.Add(later, later);
    }

    // The first period of the next year whose year so far is compared with one that holds the period.
    private static Period? SameStageNextYear(Period period)
    {
        if (period.Year == Period.LastYear)
            return null;
        foreach (var later in period.YearLater)
            return later;
        if (period.Frequency == Frequency.Week)
            return null;
        var start = period.Start.AddYears(1).AddDays(1); // 29 February: from 1 March
        return Period.At(period.Frequency, start.Date);
    }
}
