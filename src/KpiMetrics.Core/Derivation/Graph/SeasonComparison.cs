using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;

namespace KpiMetrics.Core.Derivation.Graph;

/// <summary>A season so far against another at the same stage.</summary>
/// <param name="Result">The change, or the reason for none.</param>
internal sealed record SeasonComparison(Derived Result)
{
    /// <summary>The season that the period belongs to; null where none is declared.</summary>
    public Season? Season { get; init; }

    /// <summary>The season compared with; null where none is declared.</summary>
    public Season? Before { get; init; }

    /// <summary>What the season so far is made of; empty where a part of it is missing.</summary>
    public IReadOnlyList<Figure> Now { get; init; } = [];

    /// <summary>What the other season is made of at that stage; empty where a part of it is missing.</summary>
    public IReadOnlyList<Figure> Then { get; init; } = [];
}
