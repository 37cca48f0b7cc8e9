using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Pipeline.Catalog.Areas;

/// <summary>What one place of one file says of an area.</summary>
/// <param name="IsAddition">True where name and level are left to the place that defines the area, and only something is added.</param>
internal sealed record AreaEntry(Area Area, bool IsAddition, IPlace Place);
