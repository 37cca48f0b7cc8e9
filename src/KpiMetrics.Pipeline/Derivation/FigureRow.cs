using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Figures;

namespace KpiMetrics.Pipeline.Derivation;

/// <summary>One figure with all that is derived for it and the catalog's words for it.</summary>
/// <param name="Area">Null where the catalog no longer has the area.</param>
public sealed record FigureRow(SeriesKey Series, Measure Measure, Area? Area, DerivedFigure Derived);
