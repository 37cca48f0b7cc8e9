namespace KpiMetrics.Pipeline.Catalog.Areas;

/// <summary>How the columns of area files are called, here and by those who publish such lists.</summary>
internal static class AreaColumns
{
    public const string Code = "code";
    public const string Name = "name";
    public const string Level = "level";
    public const string From = "from";
    public const string To = "to";
    public const string Parent = "parent";
    public const string Kind = "kind";
    public const string Latitude = "latitude";
    public const string Longitude = "longitude";
    public const string Surface = "surface_km2";
    public const string Predecessors = "predecessors";

    public const string OldCode = "old_code";
    public const string OldName = "old_name";
    public const string OldProvinceCode = "old_province_code";
    public const string OldProvince = "old_province";
    public const string NewCode = "new_code";
    public const string NewProvinceCode = "new_province_code";
    public const string Divided = "divided";
    public const string Weight = "weight";

    /// <summary>Of a list, in the order in which one is written.</summary>
    public static readonly IReadOnlyList<string> OfList =
    [
        Code,
        Name,
        Level,
        From,
        To,
        Parent,
        Kind,
        Latitude,
        Longitude,
        Surface,
        Predecessors,
    ];

    public static readonly IReadOnlyList<string> OfLineage =
    [
        OldCode,
        OldName,
        OldProvinceCode,
        OldProvince,
        NewCode,
        NewProvinceCode,
        Divided,
        Weight,
    ];

    /// <summary>The one name of a column; other columns keep theirs.</summary>
    public static string Own(string name) =>
        name switch
        {
            "type" => Kind,
            "lat" => Latitude,
            "lon" => Longitude,
            "area_km2" => Surface,
            "province_code" => Parent,
            _ => name,
        };
}
