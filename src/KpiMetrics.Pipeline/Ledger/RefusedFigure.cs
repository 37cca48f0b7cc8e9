using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>A point that InfluxDB would not take, with the series it is of.</summary>
public sealed record RefusedFigure(SeriesKey Series, Period Period, string Reason, DateTimeOffset RefusedAt);
