using System.Globalization;
using System.Text;
using System.Text.Json;
using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Worker.Commands;

/// <summary>What <c>areas show</c> prints of one area.</summary>
internal static class AreaDescription
{
    public static string ToText(CatalogSnapshot catalog, Area area, DateOnly day)
    {
        var text = new StringBuilder();
        Line(text, $"{area.Code}  {area.FullName}");
        Line(text, $"identity      {area.Id}");
        Line(text, $"level         {Vocabularies.Levels.Word(area.Level)}");
        Line(text, $"stands        {AreaListing.Span(area)}");
        Line(text, $"lies in       {(catalog.ParentOf(area, day) is { } parent ? $"{parent.Id} {parent.FullName}" : "-")}");
        if (area.Latitude is not null && area.Longitude is not null)
            Line(text, $"position      {area.Latitude} N, {area.Longitude} E");
        if (area.SurfaceKm2 is not null)
            Line(text, $"surface       {area.SurfaceKm2} km2");
        Links(text, "made from", catalog.OriginsOf(area), origin => catalog.SuccessorsOf(origin.Area));
        Links(text, "went into", catalog.SuccessorsOf(area), _ => []);
        return text.ToString().TrimEnd('\n');
    }

    public static string ToJson(CatalogSnapshot catalog, Area area, DateOnly day) =>
        JsonSerializer.Serialize(
            new
            {
                code = area.Code,
                name = area.FullName,
                kind = area.Kind,
                id = area.Id,
                level = Vocabularies.Levels.Word(area.Level),
                from = area.From,
                to = area.To,
                parent = catalog.ParentOf(area, day)?.Id,
                latitude = area.Latitude,
                longitude = area.Longitude,
                surface_km2 = area.SurfaceKm2,
                predecessors = catalog
                    .OriginsOf(area)
                    .Select(origin => new
                    {
                        id = origin.Area.Id,
                        code = origin.Area.Code,
                        name = origin.Area.FullName,
                        weight = origin.Weight,
                        parts = catalog.SuccessorsOf(origin.Area).Select(part => part.Area.Id),
                    }),
                successors = catalog
                    .SuccessorsOf(area)
                    .Select(successor => new
                    {
                        id = successor.Area.Id,
                        code = successor.Area.Code,
                        name = successor.Area.FullName,
                        weight = successor.Weight,
                    }),
            },
            AreaListing.Json
        );

    private static void Links(
        StringBuilder text,
        string title,
        IReadOnlyList<AreaOrigin> links,
        Func<AreaOrigin, IReadOnlyList<AreaOrigin>> parts
    )
    {
        if (links.Count == 0)
            Line(text, $"{title, -13} -");
        foreach (var link in links)
        {
            var others = parts(link);
            var into = others.Count > 1 ? $" into {string.Join(", ", others.Select(part => part.Area.Id))}" : "";
            var how = link.Weight switch
            {
                null => $"divided{into}, no weights",
                1m => "whole",
                { } weight => string.Create(
                    CultureInfo.InvariantCulture,
                    $"{weight} of it{(into.Length > 0 ? $", divided{into}" : "")}"
                ),
            };
            Line(text, $"{title, -13} {link.Area.Id} {link.Area.FullName}: {how}");
        }
    }

    private static void Line(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
