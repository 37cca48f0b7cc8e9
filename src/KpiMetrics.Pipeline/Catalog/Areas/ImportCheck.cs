using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Catalog.Rules;

namespace KpiMetrics.Pipeline.Catalog.Areas;

/// <summary>Checks what an import would add together with the areas that are there, and finds the rows at fault.</summary>
internal static class ImportCheck
{
    /// <summary>Refuses the rows by which <paramref name="entries"/> break a rule; false where there are any.</summary>
    /// <param name="rowsOf">From an area or predecessor that the import brought to its rows.</param>
    /// <exception cref="AreaImportException">An area that is there already would be at fault.</exception>
    public static bool Passes(
        CatalogSnapshot catalog,
        IReadOnlyList<AreaEntry> entries,
        Func<object, IEnumerable<AreaRow>> rowsOf
    )
    {
        var passes = true;
        var origins = new Dictionary<object, object>(ReferenceEqualityComparer.Instance);
        var areas = Together(catalog, entries, origins);
        foreach (var fault in CatalogRules.ForAreas.SelectMany(rule => rule.Check(areas)).ToList())
        {
            var rows = rowsOf(origins.GetValueOrDefault(fault.Place, fault.Place)).ToList();
            if (rows.Count == 0)
                throw new AreaImportException($"{Name(fault.Place)}: {fault.Message}; nothing was imported");
            foreach (var row in rows)
                row.Refuse(fault.Message);
            passes = false;
        }
        return passes;
    }

    /// <summary>The refusal of a code that lost its first zero in a spreadsheet; null where it did not.</summary>
    public static string? LostZero(string code, AreaLevel level)
    {
        var digits = level switch
        {
            AreaLevel.Province => 2,
            AreaLevel.Commune => 5,
            _ => 0,
        };
        return code.Length < digits && code.All(char.IsAsciiDigit)
            ? $"code '{code}' has fewer than the {digits} digits of a {Vocabularies.Levels.Word(level)}; was a leading zero lost in a spreadsheet?"
            : null;
    }

    private static List<Area> Together(
        CatalogSnapshot catalog,
        IReadOnlyList<AreaEntry> entries,
        Dictionary<object, object> origins
    )
    {
        var additions = entries.Where(entry => entry.IsAddition).ToDictionary(entry => entry.Area.Id, StringComparer.Ordinal);
        var areas = new List<Area>(catalog.Areas.Count + entries.Count);
        foreach (var area in catalog.Areas)
        {
            if (additions.Count == 0 || !additions.TryGetValue(area.Id, out var addition))
            {
                areas.Add(area);
                continue;
            }
            var completed = AreaCompletion.Apply(area, addition.Area);
            origins[completed] = addition.Area;
            areas.Add(completed);
        }
        areas.AddRange(entries.Where(entry => !entry.IsAddition).Select(entry => entry.Area));
        return areas;
    }

    private static string Name(object place) =>
        place switch
        {
            Area area => $"{area.Id} ({area.FullName})",
            AreaPart part => $"predecessor {part.Code}",
            _ => "the catalog",
        };
}
