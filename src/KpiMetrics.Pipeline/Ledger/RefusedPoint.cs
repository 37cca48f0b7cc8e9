using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>A point that InfluxDB would not take.</summary>
public sealed record RefusedPoint(int SeriesId, Period Period, string Reason);
