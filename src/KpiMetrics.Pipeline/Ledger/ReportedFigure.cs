using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>One figure as a report states it: a row that passed the door.</summary>
public sealed record ReportedFigure(
    SeriesKey Series,
    Period Period,
    FigureValue Value,
    char Status,
    Vintage Vintage,
    string? Note
);
