using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Quality.Thresholds;

/// <summary>The figure of one hour.</summary>
public readonly record struct Reading(Period Hour, decimal Value);
