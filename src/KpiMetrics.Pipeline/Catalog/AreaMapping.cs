using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Pipeline.Catalog;

/// <summary>From the mapping of an area to the area.</summary>
internal static class AreaMapping
{
    public static Area Read(MapReader map) =>
        new()
        {
            Code = map.Text("code"),
            Name = map.Text("name"),
            Level = map.Word("level", Vocabularies.Levels),
            From = map.Date("from"),
            To = map.OptionalDate("to"),
            Parent = map.OptionalText("parent"),
            Kind = map.OptionalText("kind"),
            Latitude = map.OptionalNumber("latitude"),
            Longitude = map.OptionalNumber("longitude"),
            SurfaceKm2 = map.OptionalNumber("surface_km2"),
            Predecessors = map.Each(
                "predecessors",
                CatalogShapes.Predecessor,
                part => new AreaPart(part.Text("code"), part.OptionalNumber("weight"))
            ),
        };
}
