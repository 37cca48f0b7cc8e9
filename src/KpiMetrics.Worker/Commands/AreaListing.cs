using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Commands;

/// <summary>The areas that stand on a day, a line or an object each, by level and code.</summary>
internal static class AreaListing
{
    /// <summary>Vietnamese as it is; the text goes to terminals and programs, never into a page.</summary>
    public static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    /// <exception cref="CommandException">Nobody bears the code <paramref name="within"/> on the day.</exception>
    public static IReadOnlyList<Area> Find(CatalogSnapshot catalog, DateOnly day, AreaLevel? level, string? within)
    {
        var home = within is null ? null : FindOne(catalog, within, day);
        return
        [
            .. catalog
                .Areas.Where(area => area.IsValidOn(day) && (level is null || area.Level == level))
                .Where(area => home is null || LiesIn(catalog, area, home, day))
                .OrderBy(area => area.Level)
                .ThenBy(area => area.Code, StringComparer.Ordinal),
        ];
    }

    /// <exception cref="CommandException">Nobody bears the code on the day; the message says who ever did.</exception>
    public static Area FindOne(CatalogSnapshot catalog, string code, DateOnly day)
    {
        if (catalog.FindArea(code, day) is { } area)
            return area;
        var bearers = catalog
            .AreasWithCode(code)
            .OrderBy(other => other.From)
            .Select(other => $"{other.FullName} {Span(other)}")
            .ToList();
        var ever = bearers.Count > 0 ? $"it was borne by {string.Join(", ", bearers)}" : "no area of the catalog ever did";
        throw new CommandException(
            string.Create(CultureInfo.InvariantCulture, $"No area bears code '{code}' on {day:yyyy-MM-dd}; {ever}.")
        );
    }

    public static string Span(Area area) =>
        area.To is { } last
            ? string.Create(CultureInfo.InvariantCulture, $"from {area.From:yyyy-MM-dd} to {last:yyyy-MM-dd}")
            : string.Create(CultureInfo.InvariantCulture, $"from {area.From:yyyy-MM-dd} on");

    public static string ToText(IReadOnlyList<Area> areas, DateOnly day) =>
        areas.Count == 0
            ? string.Create(CultureInfo.InvariantCulture, $"no areas on {day:yyyy-MM-dd}")
            : string.Join(Environment.NewLine, areas.Select(Line));

    public static string ToJson(CatalogSnapshot catalog, IReadOnlyList<Area> areas, DateOnly day) =>
        JsonSerializer.Serialize(
            areas.Select(area => new
            {
                code = area.Code,
                name = area.FullName,
                id = area.Id,
                level = Vocabularies.Levels.Word(area.Level),
                from = area.From,
                to = area.To,
                parent = catalog.ParentOf(area, day)?.Id,
            }),
            Json
        );

    private static bool LiesIn(CatalogSnapshot catalog, Area area, Area home, DateOnly day)
    {
        for (var place = catalog.ParentOf(area, day); place is not null; place = catalog.ParentOf(place, day))
        {
            if (place.Id == home.Id)
                return true;
        }
        return false;
    }

    private static string Line(Area area) =>
        $"{area.Code, -6} {Vocabularies.Levels.Word(area.Level), -8}  {Span(area), -28}  {area.Parent ?? "-", -3}  {area.FullName}";
}
