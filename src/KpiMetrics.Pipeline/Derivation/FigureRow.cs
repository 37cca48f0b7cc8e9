using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Figures;

namespace KpiMetrics.Pipeline.Derivation;

/// <summary>One figure with all that is derived for it and the catalog's words for it.</summary>
/// <param name="Area">Null where the catalog no longer has the area.</param>
public sealed record FigureRow(SeriesKey Series, Measure Measure, Area? Area, DerivedFigure Derived)
{
    /// <summary>
    /// What tables call the area: its code where it bore it when the period ended, as reports are read; else its identity, as in the computed past of
    /// an area whose code was then another's: <c>24@2025-07-01</c>. So no two figures of a table share all their keys.
    /// </summary>
    public required string AreaText { get; init; }
}
