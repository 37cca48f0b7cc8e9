using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Worker.Demo;

/// <summary>What one figure is of.</summary>
/// <param name="Area">The area's identity.</param>
internal readonly record struct DemoKey(
    IndicatorSet Set,
    Indicator Indicator,
    Measure Measure,
    string Subject,
    string Area,
    Period Period
);
