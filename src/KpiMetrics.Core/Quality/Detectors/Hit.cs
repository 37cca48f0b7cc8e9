namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>What one detector says.</summary>
/// <param name="Misfit">How badly the suspicion explains the figure: of several the least is the answer.</param>
internal readonly record struct Hit(DetectorKind Kind, double Score, double Misfit)
{
    public decimal? Factor { get; init; }

    public decimal? Meant { get; init; }

    public HistoryPoint? Reference { get; init; }

    public int Count { get; init; }

    /// <summary>What is expected, where it is not what the baseline says.</summary>
    public double? Expected { get; init; }

    /// <summary>Half of the square of the deviation that is left, as in the logarithm of a normal density, and what speaks against the kind.</summary>
    public static double MisfitOf(double deviation, double against) => deviation * deviation / 2 + against;
}
