using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Worker.Demo;

/// <summary>When the window of a period closes and when its figures are due.</summary>
public delegate (DateTimeOffset Closes, DateTimeOffset Due) DemoDueDates(IndicatorSet set, Indicator indicator, Period period);
