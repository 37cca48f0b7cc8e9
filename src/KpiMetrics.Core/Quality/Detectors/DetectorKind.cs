namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>What is suspected of a figure, the most specific first.</summary>
public enum DetectorKind
{
    /// <summary>Too large or too small by a power of ten.</summary>
    UnitSlip,

    /// <summary>A growth of 9.8 % where the index is 109.8, or the other way round.</summary>
    GrowthForIndex,

    /// <summary>Right but for its sign.</summary>
    Sign,

    /// <summary>The sum of this period and the one before, which was not reported.</summary>
    MissingThenDouble,

    /// <summary>Twice what is expected.</summary>
    Doubled,

    /// <summary>Two neighbouring digits changed places.</summary>
    Transposition,

    /// <summary>A running total that fell within its year.</summary>
    CumulativeFall,

    /// <summary>The figure of another period once more, digit by digit.</summary>
    Stuck,

    /// <summary>A new statement of the period far from the one before.</summary>
    RevisionSize,

    /// <summary>This figure and the one or two before it are all on another level.</summary>
    LevelShift,

    /// <summary>Outside what the same season, the trend and the spread of the series allow.</summary>
    Outlier,

    /// <summary>Moved otherwise than the same measure did in other areas.</summary>
    SiblingDisagreement,
}
