namespace KpiMetrics.Core.Catalog;

/// <summary>An area's identity as a key of look-ups: <see cref="Area.Id"/> without making its text.</summary>
internal readonly record struct AreaKey(string Code, DateOnly From)
{
    public static AreaKey Of(Area area) => new(area.Code, area.From);
}
