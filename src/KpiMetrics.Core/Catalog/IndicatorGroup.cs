namespace KpiMetrics.Core.Catalog;

/// <summary>A heading of the decision's list, with what stands under it.</summary>
public sealed record IndicatorGroup(string Code, string Name, IReadOnlyList<Indicator> Indicators);
