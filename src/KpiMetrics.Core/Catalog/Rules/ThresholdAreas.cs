namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>The areas a threshold names are areas of the catalog.</summary>
public sealed class ThresholdAreas(IReadOnlyList<Area> areas) : ICatalogRule
{
    public IEnumerable<RuleFault> Check(IndicatorSet set)
    {
        var named = set.Measures.SelectMany(measure => measure.Thresholds).Where(threshold => threshold.Areas.Count > 0).ToList();
        if (named.Count == 0)
            return [];
        var known = areas.Select(area => area.Code).ToHashSet(StringComparer.Ordinal);
        return from threshold in named
            from code in threshold.Areas
            where !known.Contains(code)
            select new RuleFault(threshold, $"'areas' names '{code}', which no area file has", "areas");
    }
}
