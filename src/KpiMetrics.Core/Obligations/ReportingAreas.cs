using System.Collections.Concurrent;
using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Core.Obligations;

/// <summary>Which areas report to a set on a day. Remembers its answers, which only change on days on which some area begins or ends; for use by several threads.</summary>
public sealed class ReportingAreas(CatalogSnapshot catalog)
{
    private readonly DateOnly[] changes =
    [
        .. catalog
            .Areas.Select(area => area.From)
            .Concat(
                catalog.Areas.Where(area => area.To < DateOnly.MaxValue).Select(area => area.To.GetValueOrDefault().AddDays(1))
            )
            .Distinct()
            .Order(),
    ];

    private readonly ConcurrentDictionary<(string Set, int Epoch), IReadOnlyList<Area>> known = new();

    /// <summary>In the order of the catalog; empty where none stood.</summary>
    public IReadOnlyList<Area> On(IndicatorSet set, DateOnly day)
    {
        var found = Array.BinarySearch(changes, day);
        var key = (set.Code, found >= 0 ? found : ~found - 1);
        if (!known.TryGetValue(key, out var areas))
            known[key] = areas = [.. catalog.Areas.Where(area => area.IsValidOn(day) && catalog.IsOf(set, area, day))];
        return areas;
    }
}
