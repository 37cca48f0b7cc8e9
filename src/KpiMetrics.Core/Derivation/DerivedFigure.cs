using KpiMetrics.Core.Figures;

namespace KpiMetrics.Core.Derivation;

/// <summary>A figure with everything derived for it.</summary>
/// <param name="Pop">Against the period before.</param>
/// <param name="Yoy">Against the same period a year before.</param>
/// <param name="Ytd">The year so far, with coverage.</param>
public sealed record DerivedFigure(Figure Figure, Derived Pop, Derived Yoy, Cumulated Ytd);
