using KpiMetrics.Core.Obligations;

namespace KpiMetrics.Pipeline.Catalog;

/// <summary>From the mapping at the top of a file of holidays to its years.</summary>
internal static class HolidayMapping
{
    public static IReadOnlyList<WorkingYear> Read(MapReader map)
    {
        var version = map.Text("version");
        map.OptionalText("note");
        return map.Each("years", CatalogShapes.HolidayYear, year => Year(year, version));
    }

    private static WorkingYear Year(MapReader map, string version) =>
        new(
            map.Year("year"),
            version,
            map.Each("off", CatalogShapes.DaysOff, Off),
            map.Each("worked", CatalogShapes.WorkedDay, Worked)
        );

    private static DaysOff Off(MapReader map)
    {
        var from = map.Date("from");
        return new(from, map.OptionalDate("to") ?? from, map.Text("name"), map.OptionalText("origin"));
    }

    private static WorkedDay Worked(MapReader map) => new(map.Date("day"), map.OptionalDate("for"), map.OptionalText("origin"));
}
