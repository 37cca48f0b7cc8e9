using KpiMetrics.Core.Figures;

namespace KpiMetrics.Core.Derivation.Graph;

/// <summary>Which parts totals are made of: two that lack some are put into relation only where both have the same ones.</summary>
internal static class Extents
{
    /// <summary>The mark of a total of these parts; null where it is not known what one of them lacks itself.</summary>
    /// <param name="parts">What tells a part from the others, its period or area, and its figure; in order.</param>
    public static int? Of<T>(IEnumerable<(T Key, Figure Figure)> parts)
    {
        var mark = new HashCode();
        foreach (var (key, figure) in parts)
        {
            mark.Add(key);
            if (!IsLacking(figure))
                continue;
            if (figure.Computed?.Extent is not { } within)
                return null;
            mark.Add(within);
        }
        return mark.ToHashCode();
    }

    /// <summary>True where none lacks a part or all have the same ones.</summary>
    public static bool AreAlike(IReadOnlyList<Figure> figures) => !figures.Any(IsLacking) || Common(figures) is not null;

    /// <summary>The mark that all of them bear; null where they differ or lack nothing.</summary>
    public static int? Common(IReadOnlyList<Figure> figures)
    {
        var extent = figures.Count == 0 ? null : figures[0].Computed?.Extent;
        return figures.All(figure => IsLacking(figure) && figure.Computed?.Extent == extent) ? extent : null;
    }

    private static bool IsLacking(Figure figure) => figure.Computed is { IsComplete: false };
}
