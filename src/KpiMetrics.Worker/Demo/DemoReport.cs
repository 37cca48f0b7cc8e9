using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Worker.Demo;

/// <summary>One sending of an office: an indicator of one area and period.</summary>
internal sealed record DemoReport(Area Area, Period Period, DateTimeOffset SentAt, DemoVersion Version);
