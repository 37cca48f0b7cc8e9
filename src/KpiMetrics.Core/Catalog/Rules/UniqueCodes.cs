namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>No two groups, no two indicators and no two measures of a set share a code.</summary>
public sealed class UniqueCodes : ICatalogRule
{
    public IEnumerable<RuleFault> Check(IndicatorSet set) =>
        [
            .. Repeated(set.Groups, group => group.Code, "group"),
            .. Repeated(set.Indicators, indicator => indicator.Code, "indicator"),
            .. Repeated(set.Measures, measure => measure.Code, "measure"),
        ];

    private static IEnumerable<RuleFault> Repeated<T>(IEnumerable<T> items, Func<T, string> codeOf, string noun)
        where T : class
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return from item in items
            let code = codeOf(item)
            where code.Length > 0 && !seen.Add(code)
            select new RuleFault(item, $"code '{code}' is already that of another {noun} of this set", "code");
    }
}
