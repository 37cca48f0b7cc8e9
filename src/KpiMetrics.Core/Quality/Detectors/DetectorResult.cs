namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>What a test found: <see cref="Plausible"/>, <see cref="Suspicious"/>, <see cref="Explained"/> or <see cref="Untestable"/>.</summary>
public abstract record DetectorResult
{
    private protected DetectorResult() { }
}
