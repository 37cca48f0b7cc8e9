using System.Globalization;

namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>A parent is an area of a higher level that stood on the area's first day.</summary>
public sealed class AreaParents : IAreaRule
{
    public IEnumerable<RuleFault> Check(IReadOnlyList<Area> areas)
    {
        var byCode = areas.ToLookup(area => area.Code, StringComparer.Ordinal);
        return from area in areas
            where
                area.Parent is { } parent
                && !byCode[parent].Any(candidate => candidate.IsValidOn(area.From) && candidate.Level < area.Level)
            select new RuleFault(
                area,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"parent '{area.Parent}' is no area above a {Vocabularies.Levels.Word(area.Level)} on {area.From:yyyy-MM-dd}"
                ),
                "parent",
                "from",
                "level"
            );
    }
}
