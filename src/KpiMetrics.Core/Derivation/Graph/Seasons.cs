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
    /// <param name="forms">Those of the series' windows; periods of different ones are neither added nor compared.</param>
    public static IEnumerable<Figure> Compare(
        Measure measure,
        IReadOnlyList<Figure> figures,
        IReadOnlyList<Season> seasons,
        bool sameLastYear,
        Func<Period, DateOnly> lastDayOf,
        WindowForms forms
    )
    {
        var known = figures.Where(figure => figure.Current.Value.Number is not null).ToDictionary(figure => figure.Period);
        foreach (var figure in figures)
        {
            if (figure.Current.Value.Number is null)
                continue;
            var compared = Against(measure, figure.Period, known, seasons, sameLastYear, lastDayOf, forms);
            IEnumerable<Figure> used = compared.Now.Concat(compared.Then).Append(figure);
            yield return ComputedFigure.Of(figure.Period, FormulaKind.Rule, compared.Result, 1, 1, used);
        }
    }

    /// <summary>The comparison of one period, with the figures that went into both of its sides.</summary>
    /// <param name="figures">Those of the series that have numbers.</param>
    internal static SeasonComparison Explain(
        Measure measure,
        Period period,
        IReadOnlyList<Figure> figures,
        IReadOnlyList<Season> seasons,
        bool sameLastYear,
        Func<Period, DateOnly> lastDayOf,
        WindowForms forms
    ) => Against(measure, period, figures.ToDictionary(figure => figure.Period), seasons, sameLastYear, lastDayOf, forms);

    /// <summary>The seasons of an area and subject: its own, under the code it bore then, where it has some, else those that name no area.</summary>
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
                    same.FirstOrDefault(season => IsNamed(area, season)) ?? same.FirstOrDefault(season => season.Areas.Count == 0)
                )
                .OfType<Season>(),
        ];
    }

    // By the code the area bore in the season: of a code used again only the area that bore it then is meant.
    private static bool IsNamed(Area area, Season season) =>
        season.Areas.Contains(area.Code, StringComparer.Ordinal)
        && area.From <= season.To
        && (area.To is not { } last || last >= season.From);

    private static SeasonComparison Against(
        Measure measure,
        Period period,
        Dictionary<Period, Figure> known,
        IReadOnlyList<Season> seasons,
        bool sameLastYear,
        Func<Period, DateOnly> lastDayOf,
        WindowForms forms
    )
    {
        var day = lastDayOf(period);
        if (seasons.FirstOrDefault(season => season.From <= day && day <= season.To) is not { } now)
            return new(Derived.Missing(Absence.NoSeason, period));
        var before = sameLastYear
            ? seasons.FirstOrDefault(season => season.Code == now.Code && season.Year == now.Year - 1)
            : seasons.Where(season => season.To < now.From).MaxBy(season => season.To);
        if (before is null)
            return new(Derived.Missing(Absence.NoSeason, period)) { Season = now };
        var all = PeriodsOf(now, period.Frequency, lastDayOf);
        var then = PeriodsOf(before, period.Frequency, lastDayOf);
        var sofar = all.TakeWhile(part => part <= period).ToList();
        var stage = sofar.Count == all.Count ? then.Count : Math.Min(sofar.Count, then.Count);
        var (done, doneOf) = Figure(measure, sofar, known);
        var (other, otherOf) = done.Value is null ? (done, []) : Figure(measure, then.Take(stage).ToList(), known);
        var result =
            done.Value is not { } value ? done
            : other.Value is not { } compared ? other
            : Unlike([.. doneOf, .. otherOf], forms) ?? Compare(measure, (period, value), (then[stage - 1], compared));
        return new(result)
        {
            Season = now,
            Before = before,
            Now = doneOf,
            Then = otherOf,
        };
    }

    // A month up to the 14th holds half of the calendar month before it.
    private static Derived? Unlike(List<Figure> figures, WindowForms forms)
    {
        var first = figures[0].Period.Index;
        foreach (var figure in figures)
        {
            if (!forms.AreAlike(figure.Period.Index, first))
                return Derived.Missing(Absence.WindowsDiffer, figure.Period);
            if (figure.Computed is { IsComplete: false })
                return Derived.Missing(Absence.Incomplete, figure.Period);
        }
        return null;
    }

    private static Derived Compare(Measure measure, (Period Period, decimal Value) now, (Period Period, decimal Value) then) =>
        IndexLink.Between(measure, then.Period, now.Period) is { } factor
            ? Change.Of(now.Value, then.Value / factor, measure.InPoints, then.Period)
            : Derived.Missing(Absence.BaseYearDiffers, then.Period);

    private static (Derived Result, IReadOnlyList<Figure> Parts) Figure(
        Measure measure,
        List<Period> parts,
        Dictionary<Period, Figure> known
    )
    {
        if (parts.Count == 0)
            return (Derived.Missing(Absence.NoSeason, default), []);
        var isFlow = measure.Kind == MeasureKind.Flow;
        var found = new List<Figure>();
        foreach (var part in isFlow ? parts : parts.TakeLast(1))
        {
            if (!known.TryGetValue(part, out var figure))
                return (Derived.Missing(Absence.NoFigure, part), []);
            if (figure.Computed is { IsComplete: false })
                return (Derived.Missing(Absence.Incomplete, part), []);
            found.Add(figure);
        }
        var result = isFlow
            ? Averages.Of(measure with { DeclaredOverTime = OverTime.Sum }, parts[^1], found)
            : Derived.Of(found[^1].Current.Value.Number.GetValueOrDefault());
        return (result, found);
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
