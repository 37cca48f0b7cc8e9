namespace KpiMetrics.Pipeline.Catalog;

/// <summary>Every mapping of the catalog's files; the JSON Schemas in seeds/ say the same, and a test compares them.</summary>
public static class CatalogShapes
{
    public static CatalogShape Set { get; } =
        new(
            "set",
            "set",
            ["set", "name", "authority", "decision", "date", "prefix", "areas", "regime", "groups"],
            ["sources", "agencies", "rules", "replaces", "note"]
        );

    public static CatalogShape SetAreas { get; } = new("setAreas", "areas", ["level", "within"], []);

    public static CatalogShape RegimeRule { get; } = new("regimeRule", "regime rule", ["from", "windows"], ["due", "origin"]);

    public static CatalogShape Agency { get; } = new("agency", "agency", ["name"], []);

    public static CatalogShape SetRule { get; } = new("setRule", "rule", ["text", "origin"], []);

    public static CatalogShape Replaced { get; } = new("replaced", "replaced decision", ["decision", "date", "authority"], []);

    public static CatalogShape Group { get; } = new("group", "group", ["code", "name", "indicators"], []);

    public static CatalogShape Indicator { get; } =
        new(
            "indicator",
            "indicator",
            ["code", "number", "name", "agency", "frequencies", "measures"],
            ["frequency_printed", "database", "owner", "source", "subjects", "subjects_open", "note"]
        );

    public static CatalogShape Measure { get; } =
        new(
            "measure",
            "measure",
            ["code", "name", "kind", "aggregation"],
            [
                "unit",
                "number",
                "under",
                "agency",
                "owner",
                "source",
                "derived",
                "subjects",
                "subjects_open",
                "bases",
                "inferred",
                "note",
            ]
        );

    public static CatalogShape Derived { get; } = new("derived", "derived", ["rule", "inputs"], []);

    public static CatalogShape Subject { get; } = new("subject", "subject", ["code", "name"], []);

    public static CatalogShape IndexBase { get; } = new("indexBase", "base", ["from", "base"], []);

    public static CatalogShape AreaFile { get; } = new("areaFile", "area file", ["areas"], []);

    public static CatalogShape Area { get; } = new("area", "area", ["code", "name", "level", "from"], ["to", "parent"]);

    /// <summary>All shapes of a set's file.</summary>
    public static IReadOnlyList<CatalogShape> OfSets { get; } =
    [Set, SetAreas, RegimeRule, Agency, SetRule, Replaced, Group, Indicator, Measure, Derived, Subject, IndexBase];

    /// <summary>All shapes of an area file.</summary>
    public static IReadOnlyList<CatalogShape> OfAreas { get; } = [AreaFile, Area];
}
