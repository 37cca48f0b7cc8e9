using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Pipeline.Catalog;

/// <summary>From the mapping at the top of a set file to the set.</summary>
internal static class SetMapping
{
    public static IndicatorSet Read(MapReader map)
    {
        var areas = map.One("areas", CatalogShapes.SetAreas, SetAreas.Read);
        return new()
        {
            Code = map.Text("set"),
            Name = map.Text("name"),
            Authority = map.Text("authority"),
            Decision = map.Text("decision"),
            Date = map.DayOrMonth("date"),
            Prefix = map.Text("prefix"),
            Level = areas?.Level ?? default,
            Within = areas?.Within ?? "",
            Regime = map.Each("regime", CatalogShapes.RegimeRule, RegimeMapping.Read),
            Sources = map.Texts("sources"),
            Agencies = map.Each("agencies", CatalogShapes.Agency, agency => agency.Text("name")),
            ObligesEach = map.Word("obliged", Vocabularies.Obligeds) == Obliged.Each,
            Rules = map.Each("rules", CatalogShapes.SetRule, rule => new SetRule(rule.Text("text"), rule.Text("origin"))),
            Replaces = map.Each("replaces", CatalogShapes.Replaced, Replaced),
            From = map.OptionalDate("from"),
            To = map.OptionalDate("to"),
            Seasons = map.Each("seasons", CatalogShapes.Season, Season),
            Events = map.Each("events", CatalogShapes.Event, Event),
            Note = map.OptionalText("note"),
            Groups = map.Each("groups", CatalogShapes.Group, Group),
        };
    }

    private static Season Season(MapReader map) =>
        new(
            map.Text("code"),
            map.Text("name"),
            map.Year("year"),
            map.Date("from"),
            map.Date("to"),
            map.Texts("areas"),
            map.Texts("subjects")
        );

    private static SetEvent Event(MapReader map) =>
        new(
            map.Text("name"),
            map.Date("from"),
            map.Date("to"),
            map.Texts("areas"),
            map.Texts("indicators"),
            map.OptionalText("origin")
        );

    private static ReplacedDecision Replaced(MapReader map) =>
        new(map.Text("decision"), map.DayOrMonth("date"), map.Text("authority"));

    private static IndicatorGroup Group(MapReader map)
    {
        var code = map.Text("code");
        return new(
            code,
            map.Text("name"),
            map.Each("indicators", CatalogShapes.Indicator, indicator => IndicatorMapping.Read(indicator, code))
        );
    }
}
