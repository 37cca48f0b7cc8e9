using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Pipeline.Catalog;

/// <summary>From the mapping of a measure to the measure.</summary>
internal static class MeasureMapping
{
    /// <param name="inherited">The subjects of the indicator, which hold where the measure has none of its own.</param>
    public static Measure Read(MapReader map, SubjectList inherited)
    {
        var subjects = SubjectList.Read(map, inherited);
        return new()
        {
            Code = map.Text("code"),
            Name = map.Text("name"),
            Kind = map.Word("kind", Vocabularies.Kinds),
            Aggregation = map.Word("aggregation", Vocabularies.Aggregations),
            Unit = map.OptionalText("unit"),
            Number = map.OptionalText("number"),
            Under = map.OptionalText("under"),
            Derived = map.One("derived", CatalogShapes.Derived, Derivation),
            Agency = map.OptionalText("agency"),
            Owner = map.OptionalText("owner"),
            Source = map.OptionalText("source"),
            Subjects = subjects.Subjects,
            SubjectsOpen = subjects.IsOpen,
            Bases = map.Each(
                "bases",
                CatalogShapes.IndexBase,
                entry => new IndexBase(entry.PeriodOf("from"), entry.Text("base"), entry.OptionalNumber("link"))
            ),
            Identities = map.Each("identities", CatalogShapes.Identity, Identity),
            Thresholds = map.Each("thresholds", CatalogShapes.Threshold, ThresholdMapping.Read),
            Min = map.OptionalNumber("min"),
            Max = map.OptionalNumber("max"),
            MayBeNegative = map.Flag("signed"),
            DeclaredOverTime = map.Has("over_time") ? map.Word("over_time", Vocabularies.OverTimes) : null,
            From = map.OptionalDate("from"),
            To = map.OptionalDate("to"),
            Replaces = map.One("replaces", CatalogShapes.Replacement, History.Replacement),
            Was = map.Each("was", CatalogShapes.FormerMeasure, History.FormerMeasure),
            Inferred = map.Flag("inferred"),
            Note = map.OptionalText("note"),
        };
    }

    private static MeasureIdentity Identity(MapReader map) =>
        new(map.Word("rule", Vocabularies.IdentityRules), map.Texts("inputs"), map.OptionalText("origin"));

    private static MeasureDerivation Derivation(MapReader map) =>
        new(map.Word("rule", Vocabularies.DerivedRules), map.Texts("inputs"), map.OptionalText("scheme") ?? "");
}
