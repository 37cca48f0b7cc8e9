using System.Globalization;

namespace KpiMetrics.Core.Catalog;

/// <summary>Areas by their codes. Of several that bear a code on one day (a fault of the catalog) the first is found.</summary>
internal sealed class AreaIndex(IEnumerable<Area> areas)
{
    private readonly ILookup<string, Area> byCode = areas.ToLookup(area => area.Code, StringComparer.Ordinal);

    public IEnumerable<Area> WithCode(string code) => byCode[code];

    public Area? Find(string code, DateOnly day)
    {
        foreach (var area in byCode[code])
        {
            if (area.IsValidOn(day))
                return area;
        }
        return null;
    }

    /// <summary>The area that a predecessor of <paramref name="area"/> names: who bore the code the day before.</summary>
    public Area? FindBefore(Area area, string code) => area.From > DateOnly.MinValue ? Find(code, area.From.AddDays(-1)) : null;

    /// <summary>Who bore the code and when, for messages: <c>24 (Tỉnh Bắc Giang) from 1997-01-01 to 2025-06-30</c>; null where nobody did.</summary>
    public string? Bearers(string code)
    {
        var bearers = byCode[code].OrderBy(area => area.From).Select(Span).ToList();
        return bearers.Count > 0 ? string.Join(", ", bearers) : null;
    }

    public static string Span(Area area) =>
        area.To is { } last
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{area.Code} ({area.FullName}) from {area.From:yyyy-MM-dd} to {last:yyyy-MM-dd}"
            )
            : string.Create(CultureInfo.InvariantCulture, $"{area.Code} ({area.FullName}) from {area.From:yyyy-MM-dd} on");
}
