using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Pipeline.Catalog;

/// <summary>The mapping <c>areas</c> of a set, whose values the set itself holds.</summary>
internal sealed record SetAreas(AreaLevel Level, string Within)
{
    public static SetAreas Read(MapReader map) => new(map.Word("level", Vocabularies.Levels), map.Text("within"));
}
