namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>An event names at least one area, and only indicators of its set.</summary>
public sealed class EventTargets : ICatalogRule
{
    public IEnumerable<RuleFault> Check(IndicatorSet set)
    {
        if (set.Events.Count == 0)
            yield break;
        var known = set.Indicators.Select(indicator => indicator.Code).ToHashSet(StringComparer.Ordinal);
        foreach (var named in set.Events)
        {
            if (named.Areas.Count == 0)
                yield return new(
                    named,
                    "'areas' is empty; an event names at least one, a province for all that lie in it",
                    "areas"
                );
            foreach (var code in named.Indicators.Where(code => !known.Contains(code)))
                yield return new(
                    named,
                    $"'indicators' names '{code}', which is no indicator of the set; left out, it concerns all",
                    "indicators"
                );
        }
    }
}
