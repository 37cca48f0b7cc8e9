using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation.Graph;

/// <summary>The past of an area: what its figures would have been before it began, from those of the areas it was made from (DESIGN 4.7).</summary>
/// <remarks>
/// All predecessors are needed. Where figures do not add up over areas, or one was divided and no weights are given, there is a break and no figure,
/// with the reason. An area made from just one whole other, as by renaming, has its past whatever the kind.
/// </remarks>
public static class Predecessors
{
    /// <summary>A figure, or the reason for none, for every period before the area began of which at least one predecessor has a number; in order.</summary>
    /// <param name="lastDayOf">The last day of a period's window; the area began later.</param>
    public static IEnumerable<Figure> Past(
        Measure measure,
        Area area,
        IReadOnlyList<(AreaOrigin Origin, IReadOnlyList<Figure> Figures)> origins,
        Func<Period, DateOnly> lastDayOf
    )
    {
        var byPeriod = new SortedDictionary<Period, Figure?[]>();
        for (var at = 0; at < origins.Count; at++)
        {
            foreach (var figure in origins[at].Figures)
            {
                var hasReason = figure.Computed is { Result.Value: null };
                if (figure.Current.Value == FigureValue.None && !hasReason || lastDayOf(figure.Period) >= area.From)
                    continue;
                if (!byPeriod.TryGetValue(figure.Period, out var found))
                    byPeriod[figure.Period] = found = new Figure?[origins.Count];
                found[at] = figure;
            }
        }
        foreach (var (period, figures) in byPeriod)
        {
            if (origins is [{ Origin.Weight: 1m }] && figures[0] is { } only)
                yield return Renamed(only);
            else
                yield return Merged(measure, area, period, origins, figures);
        }
    }

    private static Figure Renamed(Figure only) =>
        only with
        {
            Revision = 0,
            Computed = ComputedFigure.Same(FormulaKind.Predecessors, only),
        };

    private static Figure Merged(
        Measure measure,
        Area area,
        Period period,
        IReadOnlyList<(AreaOrigin Origin, IReadOnlyList<Figure> Figures)> origins,
        Figure?[] figures
    )
    {
        var known = figures.OfType<Figure>().Where(figure => figure.Current.Value.Number is not null).ToList();
        var have = known.Count(figure => figure.Computed is null or { IsComplete: true });
        var result = Result(measure, area, period, origins, figures);
        var parts = new List<(string Id, Figure Figure)>();
        for (var at = 0; at < origins.Count; at++)
        {
            if (figures[at] is { } figure)
                parts.Add((origins[at].Origin.Area.Id, figure));
        }
        return ComputedFigure.Of(period, FormulaKind.Predecessors, result, have, origins.Count, known, Extents.Of(parts));
    }

    private static Derived Result(
        Measure measure,
        Area area,
        Period period,
        IReadOnlyList<(AreaOrigin Origin, IReadOnlyList<Figure> Figures)> origins,
        Figure?[] figures
    )
    {
        if (measure.Aggregation != Aggregation.Sum)
            return Derived.Missing(Absence.NotAdditive, period, Names(origins.Select(origin => origin.Origin.Area)));
        var divided = origins.Where(origin => origin.Origin.Weight is null).Select(origin => origin.Origin.Area).ToList();
        if (divided.Count > 0)
            return Derived.Missing(Absence.AreaDivided, period, Names(divided));
        var total = 0m;
        try
        {
            for (var at = 0; at < origins.Count; at++)
            {
                if (figures[at]?.Current.Value.Number is not { } number)
                    return figures[at]?.Computed?.Result is { Value: null } reason
                        ? reason
                        : Derived.Missing(Absence.InputMissing, period, Names([origins[at].Origin.Area]));
                total += number * origins[at].Origin.Weight.GetValueOrDefault();
            }
        }
        catch (OverflowException)
        {
            return Derived.Missing(Absence.TooLarge, period);
        }
        return Derived.Of(total);
    }

    private static string Names(IEnumerable<Area> areas) =>
        string.Join(", ", areas.Select(area => $"{area.FullName} ({area.Id})"));
}
