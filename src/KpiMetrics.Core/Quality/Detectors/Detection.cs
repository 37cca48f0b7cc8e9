using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>Why a figure is suspected, with all that is needed to see it.</summary>
public sealed record Detection
{
    public required DetectorKind Kind { get; init; }

    /// <summary>How far the figure is from what is expected, in spreads; for a repeated one how unlikely the repetition is, in powers of ten.</summary>
    public required double Score { get; init; }

    public required Period Period { get; init; }

    public required decimal Value { get; init; }

    public string? Unit { get; init; }

    /// <summary>Null where nothing is: a short series, a running total that fell.</summary>
    public decimal? Expected { get; init; }

    /// <summary>The least that would not be suspicious.</summary>
    public decimal? Lower { get; init; }

    /// <summary>The most that would not be suspicious.</summary>
    public decimal? Upper { get; init; }

    /// <summary>By what the figure is too large: 1000, 0.001, 2; null where it is no round factor.</summary>
    public decimal? Factor { get; init; }

    /// <summary>What was likely meant: the digits in order, the other sign.</summary>
    public decimal? Meant { get; init; }

    /// <summary>The figure of the series it is best compared with: mostly the one a year earlier.</summary>
    public HistoryPoint? Reference { get; init; }

    /// <summary>Periods with the same value, or on the new level; areas compared with.</summary>
    public int Count { get; init; }

    /// <summary>Stable: <c>unit-slip</c>, ...</summary>
    public string Code => Kind.Code();

    /// <summary>One sentence with the numbers, for the office that reports.</summary>
    public string Vietnamese => DetectionVietnamese.Sentence(this);
}
