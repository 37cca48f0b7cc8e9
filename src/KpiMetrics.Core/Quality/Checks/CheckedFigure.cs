using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Quality.Checks;

/// <summary>The figure that a check is about.</summary>
/// <param name="Subject">The subject's code; empty for a measure that is one figure.</param>
/// <param name="Area">The area's identity.</param>
/// <param name="Source">Who stated it; null where it does not matter.</param>
public sealed record CheckedFigure(
    IndicatorSet Set,
    string Indicator,
    Measure Measure,
    string Subject,
    string Area,
    Period Period,
    PrintedNumber? Stated,
    string? Source = null
);
