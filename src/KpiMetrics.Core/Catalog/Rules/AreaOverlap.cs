using System.Globalization;

namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>A code means one area at a time: it may come back, but never while another still bears it.</summary>
public sealed class AreaOverlap : IAreaRule
{
    public IEnumerable<RuleFault> Check(IReadOnlyList<Area> areas)
    {
        foreach (var sameCode in areas.Where(area => area.Code.Length > 0).GroupBy(area => area.Code, StringComparer.Ordinal))
        {
            Area? longest = null;
            foreach (var area in sameCode.OrderBy(area => area.From))
            {
                if (longest is not null && (longest.To is not { } last || last >= area.From))
                    yield return new(area, Message(area, longest), "code", "from", "to");
                if (longest is null || (area.To ?? DateOnly.MaxValue) > (longest.To ?? DateOnly.MaxValue))
                    longest = area;
            }
        }
    }

    private static string Message(Area area, Area other)
    {
        var until = other.To is { } last ? string.Create(CultureInfo.InvariantCulture, $"to {last:yyyy-MM-dd}") : "on";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"code '{area.Code}' is borne by '{other.Name}' from {other.From:yyyy-MM-dd} {until}; two areas may share a code only one after the other"
        );
    }
}
