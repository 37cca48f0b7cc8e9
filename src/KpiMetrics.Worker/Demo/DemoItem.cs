using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Worker.Demo;

/// <summary>One figure as an office states it.</summary>
/// <param name="Area">The code that the area bears when the period ends.</param>
public readonly record struct DemoItem(
    Measure Measure,
    string Subject,
    string Area,
    Period Period,
    FigureValue Value,
    char Status,
    Vintage Vintage,
    string Note,
    DateTimeOffset SentAt
);
