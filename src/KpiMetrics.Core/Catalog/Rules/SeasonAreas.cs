namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>The areas a season names are areas of the catalog.</summary>
public sealed class SeasonAreas(IReadOnlyList<Area> areas) : ICatalogRule
{
    public IEnumerable<RuleFault> Check(IndicatorSet set)
    {
        if (set.Seasons.Count == 0)
            return [];
        var known = areas.Select(area => area.Code).ToHashSet(StringComparer.Ordinal);
        return from season in set.Seasons
            from code in season.Areas
            where !known.Contains(code)
            select new RuleFault(season, $"'areas' names '{code}', which no area file has", "areas");
    }
}
