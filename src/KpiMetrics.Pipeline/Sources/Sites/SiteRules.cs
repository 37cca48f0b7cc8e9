using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Quality;
using KpiMetrics.Pipeline.Catalog;
using static System.FormattableString;

namespace KpiMetrics.Pipeline.Sources.Sites;

/// <summary>What holds for sources of every kind, and between them.</summary>
internal static class SiteRules
{
    /// <summary>Names that say where a figure came from in another way: a set's own inbox, the demo agency.</summary>
    private static readonly string[] Reserved = ["inbox", "demo"];

    public static IEnumerable<SiteFault> Names(IEnumerable<(object Item, string Name)> sources)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (item, name) in sources.Where(source => source.Name.Length > 0))
        {
            if (Reserved.Contains(name, StringComparer.Ordinal))
                yield return new(item, "name", $"'name' is '{name}', which the engine uses itself; choose another");
            else if (!seen.Add(name))
                yield return new(item, "name", $"'name' is '{name}', as is another source's; each needs its own");
        }
    }

    public static IEnumerable<SiteFault> Asked(SourceOptions source, CatalogSnapshot catalog)
    {
        foreach (var fault in Office(source, source.Set, source.Agency, catalog))
            yield return fault;
        if (source.BudgetSeconds < source.TimeoutSeconds)
        {
            yield return new(
                source,
                "budget_seconds",
                Invariant(
                    $"'budget_seconds' is {source.BudgetSeconds}, less than the {source.TimeoutSeconds} s that one attempt may take"
                )
            );
        }
        if (catalog.FindSet(source.Set) is not { } set)
            yield break;
        foreach (var indicator in source.Indicators.Where(code => catalog.FindIndicator(source.Set, code) is null))
        {
            var codes = set.Indicators.Select(known => known.Code);
            yield return new(
                source,
                "indicators",
                $"'indicators' has {Shown.Of(indicator)}{DidYouMean(indicator, codes)}, which is not in set {source.Set}"
            );
        }
    }

    public static IEnumerable<SiteFault> Office(object item, string set, string agency, CatalogSnapshot catalog)
    {
        if (set.Length == 0)
            yield break;
        if (catalog.FindSet(set) is not { } known)
        {
            var codes = catalog.Sets.Select(other => other.Code).ToList();
            yield return new(
                item,
                "set",
                $"'set' is {Shown.Of(set)}{DidYouMean(set, codes)}; allowed: {string.Join(", ", codes)}"
            );
        }
        else if (agency.Length > 0 && !AgencyDoor.IsKnown(known, agency))
        {
            yield return new(
                item,
                "agency",
                $"'agency' is {Shown.Of(agency)}, no office of set {set}; allowed: {AgencyDoor.Allowed(known)}"
            );
        }
    }

    private static string DidYouMean(string typed, IEnumerable<string> words) =>
        Suggestion.For(typed, words) is { } meant ? $", did you mean '{meant}'" : "";
}
