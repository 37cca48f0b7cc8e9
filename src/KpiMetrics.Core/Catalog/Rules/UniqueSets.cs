namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>No two sets of a catalog share a code, whichever files they stand in.</summary>
public sealed class UniqueSets(IReadOnlyList<IndicatorSet> sets) : ICatalogRule
{
    public IEnumerable<RuleFault> Check(IndicatorSet set)
    {
        var first = sets.FirstOrDefault(other => other.Code == set.Code);
        if (set.Code.Length > 0 && first is not null && !ReferenceEquals(first, set))
            yield return new(set, $"set code '{set.Code}' is already that of the set of decision '{first.Decision}'", "set");
    }
}
