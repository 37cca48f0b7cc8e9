using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>A series from one period to another, both included; null where there is no such end.</summary>
public readonly record struct SeriesStretch(SeriesKey Series, Period? From = null, Period? To = null);
