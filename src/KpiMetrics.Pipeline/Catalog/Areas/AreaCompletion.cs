using System.Globalization;
using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Pipeline.Catalog.Areas;

/// <summary>Two statements about one area: they may complete each other, not contradict.</summary>
internal static class AreaCompletion
{
    /// <summary>Each value that both state, differently: its key, and both as text.</summary>
    public static IEnumerable<(string Key, string Known, string Found)> Contradictions(Area known, Area found, bool isAddition)
    {
        var values = new List<(string Key, string? Known, string? Found)>
        {
            ("to", Text(known.To), Text(found.To)),
            ("parent", known.Parent, found.Parent),
            ("latitude", Text(known.Latitude), Text(found.Latitude)),
            ("longitude", Text(known.Longitude), Text(found.Longitude)),
            ("surface_km2", Text(known.SurfaceKm2), Text(found.SurfaceKm2)),
        };
        // A kind may stand in the name in one place and apart in the other.
        if (!isAddition && known.FullName != found.FullName && known.Name != found.FullName && found.Name != known.FullName)
            values.Add(known.Name == found.Name ? ("kind", known.Kind, found.Kind) : ("name", known.FullName, found.FullName));
        if (!isAddition)
            values.Add(("level", Vocabularies.Levels.Word(known.Level), Vocabularies.Levels.Word(found.Level)));
        foreach (var (key, first, second) in values)
        {
            if (first is not null && second is not null && first != second)
                yield return (key, first, second);
        }
        foreach (var part in found.Predecessors)
        {
            if (part.Weight is { } weight && PartOf(known, part.Code)?.Weight is { } other && other != weight)
                yield return ("predecessors", $"{part.Code}:{Text(other)}", $"{part.Code}:{Text(weight)}");
        }
    }

    /// <summary>What is known, with what only <paramref name="found"/> says filled in.</summary>
    public static Area Apply(Area known, Area found) =>
        known with
        {
            To = known.To ?? found.To,
            Parent = known.Parent ?? found.Parent,
            // An addition leaves the name empty.
            Kind = known.Kind ?? (found.Name.Length == 0 || known.Name == found.Name ? found.Kind : null),
            Latitude = known.Latitude ?? found.Latitude,
            Longitude = known.Longitude ?? found.Longitude,
            SurfaceKm2 = known.SurfaceKm2 ?? found.SurfaceKm2,
            Predecessors = Union(known, found),
        };

    /// <summary>Of what was found only that which is not known; null where all is. Name and level are left empty.</summary>
    public static Area? Missing(Area known, Area found)
    {
        var missing = found with
        {
            Name = "",
            Kind = known.Kind is null && known.Name == found.Name ? found.Kind : null,
            To = known.To is null ? found.To : null,
            Parent = known.Parent is null ? found.Parent : null,
            Latitude = known.Latitude is null ? found.Latitude : null,
            Longitude = known.Longitude is null ? found.Longitude : null,
            SurfaceKm2 = known.SurfaceKm2 is null ? found.SurfaceKm2 : null,
            Predecessors =
            [
                .. found.Predecessors.Where(part =>
                    PartOf(known, part.Code) is not { } other || other.Weight is null && part.Weight is not null
                ),
            ],
        };
        return
            missing
                is {
                    Kind: null,
                    To: null,
                    Parent: null,
                    Latitude: null,
                    Longitude: null,
                    SurfaceKm2: null,
                    Predecessors.Count: 0
                }
            ? null
            : missing;
    }

    private static IReadOnlyList<AreaPart> Union(Area known, Area found)
    {
        if (found.Predecessors.Count == 0)
            return known.Predecessors;
        if (known.Predecessors.Count == 0)
            return found.Predecessors;
        return
        [
            .. known.Predecessors.Select(part => part.Weight is null ? PartOf(found, part.Code) ?? part : part),
            .. found.Predecessors.Where(part => PartOf(known, part.Code) is null),
        ];
    }

    private static AreaPart? PartOf(Area area, string code) => area.Predecessors.FirstOrDefault(part => part.Code == code);

    private static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Text(decimal? number) => number?.ToString("0.############", CultureInfo.InvariantCulture);
}
