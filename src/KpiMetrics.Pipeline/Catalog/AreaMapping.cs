using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Pipeline.Catalog;

/// <summary>From the mapping of an area to the area.</summary>
internal static class AreaMapping
{
    public static Area Read(MapReader map) =>
        new()
        {
            Code = map.Text("code"),
            Name = map.Text("name"),
            Level = map.Word("level", Vocabularies.Levels),
            From = map.Date("from"),
            To = map.OptionalDate("to"),
            Parent = map.OptionalText("parent"),
        };
}
