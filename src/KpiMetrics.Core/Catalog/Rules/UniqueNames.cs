namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>Sources and agencies are listed once each: a second place in the order of trust has no meaning.</summary>
public sealed class UniqueNames : ICatalogRule
{
    public IEnumerable<RuleFault> Check(IndicatorSet set) =>
        [.. Repeated(set, set.Sources, "sources"), .. Repeated(set, set.Agencies, "agencies")];

    private static IEnumerable<RuleFault> Repeated(IndicatorSet set, IReadOnlyList<string> names, string key) =>
        from name in names.GroupBy(name => name, StringComparer.Ordinal)
        where name.Key.Length > 0 && name.Count() > 1
        select new RuleFault(set, $"'{key}' names '{name.Key}' more than once", key);
}
