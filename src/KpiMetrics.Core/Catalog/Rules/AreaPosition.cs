using System.Globalization;

namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>A position is on the globe, and a surface is larger than nothing.</summary>
public sealed class AreaPosition : IAreaRule
{
    public IEnumerable<RuleFault> Check(IReadOnlyList<Area> areas) =>
        from area in areas
        from fault in (IEnumerable<RuleFault?>)
            [
                area.Latitude is < -90m or > 90m ? Fault(area, "latitude", area.Latitude, "-90..90") : null,
                area.Longitude is < -180m or > 180m ? Fault(area, "longitude", area.Longitude, "-180..180") : null,
                area.SurfaceKm2 <= 0m ? Fault(area, "surface_km2", area.SurfaceKm2, "more than 0") : null,
            ]
        where fault is not null
        select fault;

    private static RuleFault Fault(Area area, string key, decimal? found, string allowed) =>
        new(area, string.Create(CultureInfo.InvariantCulture, $"'{key}' is {found}; allowed: {allowed}"), key);
}
