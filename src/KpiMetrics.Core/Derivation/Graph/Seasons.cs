using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation.Graph;

/// <summary>Comparisons of crop seasons: "so với vụ trước" with the season before, "cùng vụ năm trước" with the same season a year earlier.</summary>
/// <remarks>
/// A period belongs to the season in which its last day falls. Amounts are those of the season so far, states the newest. A season that has
/// not ended is compared at the same stage of the other, so many periods after its beginning; on its last period with the whole of it.
/// Amounts need all periods of both.
/// </remarks>
public static class Seasons
{
    /// <summary>A comparison, or the reason for none, for every figure of the series; in order.</summary>
    /// <param name="figures">In order; texts are passed over.</param>
    /// <param name="seasons">Those of the area and subject, in any order.</param>
    /// <param name="sameLastYear">True: with the same season a year earlier; false: with the season before.</param>
    /// <param name="lastDayOf">The last day of a period's window.</param>
    public static IEnumerable<Figure> Compare(
        Measure measure,
        IReadOnlyList<Figure> figures,
        IReadOnlyList<Season> seasons,
        bool sameLastYear,
        Func<Period, DateOnly> lastDayOf
    )
    {
        var known = figures.Where(figure => figure.Current.Value.Number is not null).ToDictionary(figure => figure.Period);
        foreach (var figure in figures)
        {
            if (figure.Current.Value.Number is null)
                continue;
            var used = new List<Figure>();
            var result = Against(measure, figure.Period, known, seasons, sameLastYear, lastDayOf, used);
            yield return ComputedFigure.Of(figure.Period, FormulaKind.Rule, result, 1, 1, used.Append(figure));
        }
    }

    /// <summary>The seasons of an area and subject: its own where it has some, else those that name no area.</summary>
    public static IReadOnlyList<Season> For(IndicatorSet set, Area area, string subject)
    {
        var ofSubject = set.Seasons.Where(season =>
            season.Subjects.Count == 0 || season.Subjects.Contains(subject, StringComparer.Ordinal)
        );
        return
        [
            .. ofSubject
                .GroupBy(season => (season.Code, season.Year))
                .Select(same =>
                    same.FirstOrDefault(season => season.Areas.Contains(area.Code, StringComparer.Ordinal))
                    ?? same.FirstOrDefault(season => season.Areas.Count == 0)
                )
                .OfType<Season>(),
        ];
    }

    private static Derived Against(
        Measure measure,
        Period period,
        Dictionary<Period, Figure> known,
        IReadOnlyList<Season> seasons,
        bool sameLastYear,
        Func<Period, DateOnly> lastDayOf,
        List<Figure> used
    )
    {
        var day = lastDayOf(period);
        if (seasons.FirstOrDefault(season => season.From <= day && day <= season.To) is not { } now)
            return Derived.Missing(Absence.NoSeason, period);
        var before = sameLastYear
            ? seasons.FirstOrDefault(season => season.Code == now.Code && season.Year == now.Year - 1)
            : seasons.Where(season => season.To < now.From).MaxBy(season => season.To);
        if (before is null)
            return Derived.Missing(Absence.NoSeason, period);
        var all = PeriodsOf(now, period.Frequency, lastDayOf);
        var then = PeriodsOf(before, period.Frequency, lastDayOf);
        var sofar = all.TakeWhile(part => part <= period).ToList();
        var stage = sofar.Count == all.Count ? then.Count : Math.Min(sofar.Count, then.Count);
        var value = Figure(measure, sofar, known, used);
        if (value.Value is not { } done)
            return value;
        var compared = Figure(measure, then.Take(stage).ToList(), known, used);
        return compared.Value is { } other ? Change.Of(done, other, measure.InPoints, then[stage - 1]) : compared;
    }

    private static Derived Figure(Measure measure, List<Period> parts, Dictionary<Period, Figure> known, List<Figure> used)
    {
        if (parts.Count == 0)
            return Derived.Missing(Absence.NoSeason, default);
        var isFlow = measure.Kind == MeasureKind.Flow;
        var found = new List<Figure>();
        foreach (var part in isFlow ? parts : parts.TakeLast(1))
        {
            if (!known.TryGetValue(part, out var figure))
                return Derived.Missing(Absence.NoFigure, part);
            found.Add(figure);
        }
        used.AddRange(found);
        return isFlow
            ? Averages.Of(measure with { DeclaredOverTime = OverTime.Sum }, parts[^1], found)
            : Derived.Of(found[^1].Current.Value.Number.GetValueOrDefault());
    }

    private static List<Period> PeriodsOf(Season season, Frequency frequency, Func<Period, DateOnly> lastDayOf)
    {
        // Windows lie at most a few weeks beside the calendar's, so one period more on each side is enough.
        var first = Period.At(frequency, season.From.ToDateTime(TimeOnly.MinValue)).Previous;
        var periods = new List<Period>();
        for (var at = first; at is { } period && lastDayOf(period) <= season.To; at = period.Next)
        {
            if (lastDayOf(period) >= season.From)
                periods.Add(period);
        }
        return periods;
    }
}
