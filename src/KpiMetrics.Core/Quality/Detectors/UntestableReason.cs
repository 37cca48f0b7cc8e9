namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>Why a figure cannot be tested.</summary>
public enum UntestableReason
{
    /// <summary>The series is short, and other areas do not help.</summary>
    TooFewPoints,

    /// <summary>Nothing but zeros: no size to compare with.</summary>
    AllZero,

    /// <summary>A score of two or three answers.</summary>
    CodedAnswers,

    /// <summary>A bulletin.</summary>
    NoNumber,
}
