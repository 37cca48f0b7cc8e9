using KpiMetrics.Core.Figures;

namespace KpiMetrics.Core.Derivation;

/// <summary>A figure with everything derived for it.</summary>
/// <param name="Pop">Against the period before.</param>
/// <param name="Yoy">Against the same period a year before.</param>
/// <param name="Ytd">The year so far, with coverage.</param>
/// <param name="YtdYoy">The year so far against the year before at the same stage.</param>
public sealed record DerivedFigure(Figure Figure, Derived Pop, Derived Yoy, Cumulated Ytd, Derived YtdYoy)
{
    /// <summary>What is done of the plan of the year, in percent.</summary>
    public required Derived Plan { get; init; }

    /// <summary>The vintage that <see cref="Yoy"/> compares with; null where there is no comparison.</summary>
    public Vintage? YoyBase { get; init; }
}
