using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using static System.FormattableString;

namespace KpiMetrics.Core.Quality;

/// <summary>
/// For which areas a set takes figures: the province itself, or the communes in it, by the code they bear when the period ends. What
/// the province was made from counts as it; another area that bore its code does not.
/// </summary>
public static class AreaDoor
{
    /// <summary>The area meant, or why there is none.</summary>
    public static DoorFault? Find(
        CatalogSnapshot catalog,
        IndicatorSet set,
        Indicator? indicator,
        string code,
        Period period,
        out Area? area
    )
    {
        var day = set.WindowOf(indicator, period).LastDay;
        area = catalog.FindArea(code, day);
        if (area is not null && catalog.IsOf(set, area, day))
            return null;
        var found = area is null
            ? Invariant($"no area bears code {Shown.Of(code)} on {day:yyyy-MM-dd}")
            : Invariant($"area '{code}' ({area.FullName}) on {day:yyyy-MM-dd} is not of this set");
        area = null;
        return new(RefusalCode.UnknownArea, $"{found}; {Allowed(catalog, set, day)}");
    }

    private static string Allowed(CatalogSnapshot catalog, IndicatorSet set, DateOnly day)
    {
        var homes = catalog.HomeAndEarlier(set).ToList();
        if (homes.Exists(home => home.Level == set.Level))
            return $"allowed: {string.Join(", ", homes.Select(AreaIndex.Span))}";
        var then = homes.Where(home => home.IsValidOn(day)).ToList();
        if (then.Count == 0)
            return Invariant($"'{set.Within}' and what it was made from are not known to have stood on {day:yyyy-MM-dd}");
        var names = string.Join(", ", then.Select(home => $"{home.Code} ({home.FullName})"));
        var level = set.Level == AreaLevel.Commune ? "communes" : "provinces";
        var count = then.Sum(home => CountWithin(catalog, home, set.Level, day));
        return count == 0
            ? Invariant($"no {level} of {names} are known on {day:yyyy-MM-dd}: 'areas import' takes a list of them")
            : Invariant($"allowed: the {count} {level} of {names}");
    }

    private static int CountWithin(CatalogSnapshot catalog, Area parent, AreaLevel level, DateOnly day) =>
        catalog.ChildrenOf(parent, day).Sum(child => child.Level == level ? 1 : CountWithin(catalog, child, level, day));
}
