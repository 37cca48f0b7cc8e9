using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Collection;

/// <summary>A row that passed the door.</summary>
internal sealed record ReportedFigure(
    SeriesKey Series,
    Period Period,
    FigureValue Value,
    char Status,
    Vintage Vintage,
    string? Note
);
