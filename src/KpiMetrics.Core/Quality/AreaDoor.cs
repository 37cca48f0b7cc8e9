using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using static System.FormattableString;

namespace KpiMetrics.Core.Quality;

/// <summary>For which areas a set takes figures: the province itself, or the communes in it, by the code they bear when the period ends.</summary>
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
        if (area is not null && Belongs(set, area))
            return null;
        var found = area is null
            ? Invariant($"no area bears code {Shown.Of(code)} on {day:yyyy-MM-dd}")
            : $"area '{code}' ({area.Name}) is not of this set";
        area = null;
        return new(RefusalCode.UnknownArea, $"{found}; {Allowed(catalog, set, day)}");
    }

    private static bool Belongs(IndicatorSet set, Area area) =>
        area.Level == set.Level && (area.Level == AreaLevel.Commune ? area.Parent == set.Within : area.Code == set.Within);

    private static string Allowed(CatalogSnapshot catalog, IndicatorSet set, DateOnly day)
    {
        if (set.Level != AreaLevel.Commune)
            return $"allowed: {string.Join(", ", catalog.AreasWithCode(set.Within).Select(Span))}";
        var communes = catalog.Areas.Count(area => Belongs(set, area) && area.IsValidOn(day));
        return communes == 0
            ? $"no communes of {set.Within} are known yet: add an areas file to a --sets folder"
            : $"allowed: the {communes} communes of {set.Within}";
    }

    private static string Span(Area area) =>
        area.To is { } last
            ? Invariant($"{area.Code} from {area.From:yyyy-MM-dd} to {last:yyyy-MM-dd}")
            : Invariant($"{area.Code} from {area.From:yyyy-MM-dd} on");
}
