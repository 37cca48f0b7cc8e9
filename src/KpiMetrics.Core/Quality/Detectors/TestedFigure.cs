using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>One figure to be tested, and all that it may be held against.</summary>
public sealed record TestedFigure
{
    public required Period Period { get; init; }

    public required decimal Value { get; init; }

    public required MeasureKind Kind { get; init; }

    /// <summary>In any order, with gaps; what is not before <see cref="Period"/> or of another frequency is not looked at.</summary>
    public required IReadOnlyList<HistoryPoint> Earlier { get; init; }

    public bool MayBeNegative { get; init; }

    /// <summary>As printed; for the sentence alone.</summary>
    public string? Unit { get; init; }

    /// <summary>The same measure in other areas; null where there are none.</summary>
    public Siblings? Siblings { get; init; }

    public IReadOnlyList<KnownEvent> Events { get; init; } = [];

    /// <summary>What was stated for the period before this value; null for a first statement.</summary>
    public decimal? StatedBefore { get; init; }

    /// <summary>How the series' other figures were restated: the size of a usual revision.</summary>
    public IReadOnlyList<Revision> EarlierRevisions { get; init; } = [];
}
