using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>What a series says of one period.</summary>
public readonly record struct HistoryPoint(Period Period, decimal Value);
