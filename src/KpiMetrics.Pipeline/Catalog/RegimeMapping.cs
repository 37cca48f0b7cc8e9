using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Pipeline.Catalog;

/// <summary>From the mapping of a regime's rule to the rule.</summary>
internal static class RegimeMapping
{
    public static RegimeRule Read(MapReader map) =>
        new(
            map.Date("from"),
            map.Word("windows", Vocabularies.WindowRules),
            DueMapping.Read(map),
            map.OptionalText("origin"),
            map.TimeOfDay("day_begins")
        )
        {
            Offices = map.Each("agencies", CatalogShapes.OfficeDue, DueMapping.Office),
        };
}
