using System.ComponentModel.DataAnnotations;
using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Pipeline.Sources.Http;

/// <summary>Checks the configured HTTP sources against themselves and the catalog, all faults at once.</summary>
public static class HttpSourceOptionsCheck
{
    private static readonly string[] Columns =
    [
        "indicator",
        "measure",
        "subject",
        "area",
        "period",
        "value",
        "status",
        "vintage",
        "note",
    ];

    private static readonly string[] Needed = ["measure", "area", "value"];

    /// <summary>One line for each fault, with its place in the configuration; empty where all is well.</summary>
    public static IEnumerable<string> Faults(IReadOnlyList<HttpSourceOptions> sources, CatalogSnapshot catalog)
    {
        for (var i = 0; i < sources.Count; i++)
        {
            var place = $"Sources:Http:{i}";
            var results = new List<ValidationResult>();
            Validator.TryValidateObject(sources[i], new ValidationContext(sources[i]), results, validateAllProperties: true);
            foreach (var result in results)
                yield return $"{place}: {result.ErrorMessage}";
            foreach (var fault in Against(catalog, sources[i]))
                yield return $"{place}: {fault}";
        }
        foreach (var twice in sources.GroupBy(source => source.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
            yield return $"Sources:Http: the name '{twice.Key}' is given {twice.Count()} times; each source needs its own.";
    }

    private static IEnumerable<string> Against(CatalogSnapshot catalog, HttpSourceOptions source)
    {
        foreach (var column in source.Columns.Keys.Where(column => !Columns.Contains(column, StringComparer.OrdinalIgnoreCase)))
            yield return $"column '{column}' is unknown; allowed: {string.Join(", ", Columns)}.";
        foreach (var column in Needed.Where(column => !source.Columns.Keys.Contains(column, StringComparer.OrdinalIgnoreCase)))
            yield return $"column '{column}' is not mapped.";
        if (catalog.FindSet(source.Set) is null)
        {
            yield return $"set '{source.Set}' is unknown; allowed: {string.Join(", ", catalog.Sets.Select(set => set.Code))}.";
            yield break;
        }
        foreach (var indicator in source.Indicators.Where(code => catalog.FindIndicator(source.Set, code) is null))
            yield return $"indicator '{indicator}' is not in set {source.Set}.";
    }
}
