using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Pipeline.Catalog;

/// <summary>From the mapping of an indicator to the indicator with its measures.</summary>
internal static class IndicatorMapping
{
    public static Indicator Read(MapReader map, string group)
    {
        var subjects = SubjectList.Read(map, SubjectList.None);
        return new()
        {
            Code = map.Text("code"),
            Group = group,
            Number = map.Text("number"),
            Name = map.Text("name"),
            Agency = map.Text("agency"),
            Frequencies = map.Words("frequencies", Vocabularies.Frequencies),
            FrequencyPrinted = map.OptionalText("frequency_printed"),
            Database = map.OptionalText("database"),
            Owner = map.OptionalText("owner"),
            Source = map.OptionalText("source"),
            From = map.OptionalDate("from"),
            To = map.OptionalDate("to"),
            Replaces = map.One("replaces", CatalogShapes.Replacement, History.Replacement),
            Was = map.Each("was", CatalogShapes.FormerIndicator, History.FormerIndicator),
            Regime = map.Each("regime", CatalogShapes.RegimeRule, RegimeMapping.Read),
            Note = map.OptionalText("note"),
            Measures = map.Each("measures", CatalogShapes.Measure, measure => MeasureMapping.Read(measure, subjects)),
        };
    }
}
