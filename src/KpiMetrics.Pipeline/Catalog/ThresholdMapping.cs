using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Pipeline.Catalog;

/// <summary>From the mapping of a threshold to the threshold with its levels.</summary>
internal static class ThresholdMapping
{
    public static Threshold Read(MapReader map)
    {
        var kind = map.Word("kind", Vocabularies.ThresholdKinds);
        return new()
        {
            Code = map.Text("code"),
            Name = map.Text("name"),
            Kind = kind,
            Hours = map.OptionalWhole("hours") ?? (kind == ThresholdKind.Value ? 1 : 0),
            Unit = map.OptionalText("unit"),
            Subjects = map.Texts("subjects"),
            Areas = map.Texts("areas"),
            Margin = map.OptionalNumber("margin") ?? 0m,
            Readings = map.OptionalWhole("readings") ?? 1,
            Origin = map.OptionalText("origin"),
            Levels = map.Each("levels", CatalogShapes.ThresholdLevel, Level),
        };
    }

    private static ThresholdLevel Level(MapReader map) =>
        new(map.Text("code"), map.Text("name"), map.OptionalNumber("at") ?? 0m, map.Word("severity", Vocabularies.Severities));
}
