using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation.Graph;

/// <summary>Roll-up over areas: the figure of an area from those of the areas that lie in it when the period ends.</summary>
/// <remarks>With coverage: 98 of 99 communes. A total that lacks some is given, and not compared.</remarks>
public static class AreasWithin
{
    /// <summary>A figure for every period at whose end the area stood and of which at least one area in it has a number, in order.</summary>
    /// <remarks>
    /// An area that outlives the one it lies in belongs to both that and its successor, each in its own time: before it, the successor's past is that
    /// of its predecessors, and not the sum of those few that stood already.
    /// </remarks>
    /// <param name="whole">The area that they lie in.</param>
    /// <param name="children">Each area that ever lay in it, and its figures.</param>
    /// <param name="lastDayOf">The last day of a period's window.</param>
    public static IEnumerable<Figure> Sum(
        Area whole,
        IReadOnlyList<(Area Area, IReadOnlyList<Figure> Figures)> children,
        Func<Period, DateOnly> lastDayOf
    )
    {
        var byPeriod = new SortedDictionary<Period, List<(Area Area, Figure Figure)>>();
        foreach (var (area, figures) in children)
        {
            foreach (var figure in figures)
            {
                if (figure.Current.Value.Number is null)
                    continue;
                if (!byPeriod.TryGetValue(figure.Period, out var list))
                    byPeriod[figure.Period] = list = [];
                list.Add((area, figure));
            }
        }
        foreach (var (period, found) in byPeriod)
        {
            var day = lastDayOf(period);
            if (!whole.IsValidOn(day))
                continue;
            var valid = found.Where(part => part.Area.IsValidOn(day)).ToList();
            var parts = valid.ConvertAll(part => part.Figure);
            if (parts.Count == 0)
                continue;
            var need = children.Count(child => child.Area.IsValidOn(day));
            var have = parts.Count(part => part.Computed is null or { IsComplete: true });
            var extent = Extents.Of(valid.Select(part => (part.Area.Id, part.Figure)));
            yield return ComputedFigure.Of(period, FormulaKind.AreasWithin, Total(period, parts), have, need, parts, extent);
        }
    }

    private static Derived Total(Period period, List<Figure> parts)
    {
        try
        {
            return Derived.Of(parts.Sum(part => part.Current.Value.Number.GetValueOrDefault()));
        }
        catch (OverflowException)
        {
            return Derived.Missing(Absence.TooLarge, period);
        }
    }
}
