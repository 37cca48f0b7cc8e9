using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Pipeline.Catalog;

/// <summary>What a set file says of what an indicator or measure was, and what it takes the place of.</summary>
internal static class History
{
    public static Replacement Replacement(MapReader map) => new(map.Text("code"), map.Flag("continues"));

    public static FormerVersion FormerIndicator(MapReader map) =>
        new(
            map.Date("to"),
            map.OptionalText("name"),
            map.OptionalText("agency"),
            map.Words("frequencies", Vocabularies.Frequencies)
        );

    public static FormerVersion FormerMeasure(MapReader map) =>
        new(map.Date("to"), map.OptionalText("name"), map.OptionalText("agency"), []);
}
