using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Pipeline.Catalog;

/// <summary>Every mapping of the catalog's files; the JSON Schemas in seeds/ say the same, and a test compares them.</summary>
public static class CatalogShapes
{
    public static CatalogShape Set { get; } =
        new(
            "set",
            "set",
            ["set", "name", "authority", "decision", "date", "prefix", "areas", "regime", "groups"],
            ["from", "to", "sources", "agencies", "obliged", "rules", "replaces", "seasons", "events", "note"]
        );

    public static CatalogShape SetAreas { get; } = new("setAreas", "areas", ["level", "within"], []);

    public static CatalogShape RegimeRule { get; } =
        new("regimeRule", "regime rule", ["from", "windows"], ["due", "grace", "agencies", "origin", "day_begins"]);

    public static CatalogShape DueRules { get; } = new("dueRules", "due rules", [], ByFrequency);

    public static CatalogShape GraceRules { get; } = new("graceRules", "grace", [], ByFrequency);

    public static CatalogShape OfficeDue { get; } = new("officeDue", "office", ["name"], ["due", "grace"]);

    public static CatalogShape Agency { get; } = new("agency", "agency", ["name"], []);

    public static CatalogShape SetRule { get; } = new("setRule", "rule", ["text", "origin"], []);

    public static CatalogShape Replaced { get; } = new("replaced", "replaced decision", ["decision", "date", "authority"], []);

    public static CatalogShape Group { get; } = new("group", "group", ["code", "name", "indicators"], []);

    public static CatalogShape Indicator { get; } =
        new(
            "indicator",
            "indicator",
            ["code", "number", "name", "agency", "frequencies", "measures"],
            [
                "frequency_printed",
                "database",
                "owner",
                "source",
                "subjects",
                "subjects_open",
                "from",
                "to",
                "replaces",
                "was",
                "regime",
                "note",
            ]
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
                "identities",
                "thresholds",
                "min",
                "max",
                "signed",
                "over_time",
                "from",
                "to",
                "replaces",
                "was",
                "inferred",
                "note",
            ]
        );

    public static CatalogShape Derived { get; } = new("derived", "derived", ["rule", "inputs"], ["scheme"]);

    public static CatalogShape Subject { get; } = new("subject", "subject", ["code", "name"], []);

    public static CatalogShape IndexBase { get; } = new("indexBase", "base", ["from", "base"], ["link"]);

    public static CatalogShape Identity { get; } = new("identity", "identity", ["rule", "inputs"], ["origin"]);

    public static CatalogShape Threshold { get; } =
        new(
            "threshold",
            "threshold",
            ["code", "name", "kind", "levels"],
            ["hours", "unit", "subjects", "areas", "margin", "readings", "origin"]
        );

    public static CatalogShape ThresholdLevel { get; } = new("thresholdLevel", "level", ["code", "name", "at", "severity"], []);

    public static CatalogShape Replacement { get; } = new("replacement", "replacement", ["code", "continues"], []);

    public static CatalogShape FormerIndicator { get; } =
        new("formerIndicator", "former version", ["to"], ["name", "agency", "frequencies"]);

    public static CatalogShape FormerMeasure { get; } = new("formerMeasure", "former version", ["to"], ["name", "agency"]);

    public static CatalogShape Season { get; } =
        new("season", "season", ["code", "name", "year", "from", "to"], ["areas", "subjects"]);

    public static CatalogShape Event { get; } =
        new("event", "event", ["name", "from", "to", "areas"], ["indicators", "origin"]) { NamedBy = "name" };

    public static CatalogShape AreaFile { get; } = new("areaFile", "area file", ["areas"], []);

    public static CatalogShape Area { get; } =
        new(
            "area",
            "area",
            ["code", "name", "level", "from"],
            ["to", "parent", "kind", "latitude", "longitude", "surface_km2", "predecessors"]
        );

    public static CatalogShape Predecessor { get; } = new("predecessor", "predecessor", ["code"], ["weight"]);

    public static CatalogShape HolidayFile { get; } = new("holidayFile", "holiday file", ["version", "years"], ["note"]);

    public static CatalogShape HolidayYear { get; } = new("holidayYear", "year", ["year", "off"], ["worked"]);

    public static CatalogShape DaysOff { get; } = new("daysOff", "days off", ["from", "name"], ["to", "origin"]);

    public static CatalogShape WorkedDay { get; } = new("workedDay", "worked day", ["day"], ["for", "origin"]);

    /// <summary>All shapes of a set's file.</summary>
    public static IReadOnlyList<CatalogShape> OfSets { get; } =
    [
        Set,
        SetAreas,
        RegimeRule,
        DueRules,
        GraceRules,
        OfficeDue,
        Agency,
        SetRule,
        Replaced,
        Group,
        Indicator,
        Measure,
        Derived,
        Subject,
        IndexBase,
        Identity,
        Threshold,
        ThresholdLevel,
        Replacement,
        FormerIndicator,
        FormerMeasure,
        Season,
        Event,
    ];

    /// <summary>All shapes of an area file.</summary>
    public static IReadOnlyList<CatalogShape> OfAreas { get; } = [AreaFile, Area, Predecessor];

    /// <summary>All shapes of a file of holidays.</summary>
    public static IReadOnlyList<CatalogShape> OfHolidays { get; } = [HolidayFile, HolidayYear, DaysOff, WorkedDay];

    private static IReadOnlyList<string> ByFrequency => [.. Vocabularies.Frequencies.Words];
}
