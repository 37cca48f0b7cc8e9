using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Pipeline.Catalog.Areas;

/// <summary>Makes one area of all that the files say of it: those entries that have its code and its first day.</summary>
internal static class AreaMerge
{
    /// <summary>The areas in the order in which they are first named; what contradicts or is defined nowhere is reported at its place.</summary>
    public static IReadOnlyList<Area> Merge(IReadOnlyList<AreaEntry> entries, Places places)
    {
        var merged = new List<Area>(entries.Count);
        merged.AddRange(entries.Where(entry => !HasIdentity(entry.Area)).Select(entry => entry.Area));
        foreach (var same in entries.Where(entry => HasIdentity(entry.Area)).GroupBy(entry => (entry.Area.Code, entry.Area.From)))
        {
            if (OneOf([.. same]) is not var (area, place))
                continue;
            places.Add(area, place);
            merged.Add(area);
        }
        return merged;
    }

    // Of an area whose code or first day could not be read that is reported already.
    private static bool HasIdentity(Area area) => area.Code.Length > 0 && area.From != default;

    private static (Area Area, IPlace Place)? OneOf(IReadOnlyList<AreaEntry> same)
    {
        var first = same.FirstOrDefault(entry => !entry.IsAddition);
        if (first is null)
        {
            same[0].Place.Report($"no file defines the area {same[0].Area.Id}; here something is only added to it", ["code"]);
            return null;
        }
        var area = first.Area;
        foreach (var other in same.Where(entry => !ReferenceEquals(entry, first)))
        {
            foreach (var (key, known, found) in AreaCompletion.Contradictions(area, other.Area, other.IsAddition))
                other.Place.Report(
                    $"'{key}' is '{found}', but {first.Place.File}:{first.Place.Line} and what completes it say '{known}'",
                    [key]
                );
            area = AreaCompletion.Apply(area, other.Area);
        }
        return (area, first.Place);
    }
}
