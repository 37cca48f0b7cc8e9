namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>The areas of a set are, or lie in, an area of the catalog.</summary>
public sealed class WithinIsKnown(IReadOnlyList<Area> areas) : ICatalogRule
{
    public IEnumerable<RuleFault> Check(IndicatorSet set)
    {
        if (set.Within.Length == 0)
            yield break;
        var level = Vocabularies.Levels.Word(set.Level);
        var known = areas.Where(area => area.Code == set.Within).ToList();
        if (known.Count == 0)
            yield return new(set, $"'within' names area '{set.Within}', which no area file has", "areas");
        else if (known.TrueForAll(area => area.Level > set.Level))
            yield return new(set, $"areas of level {level} cannot lie within '{set.Within}' ({known[0].Name})", "areas");
    }
}
