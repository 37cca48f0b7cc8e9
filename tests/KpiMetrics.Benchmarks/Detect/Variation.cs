namespace KpiMetrics.Benchmarks.Detect;

/// <summary>What is turned to see whether verdicts hang on how series are made.</summary>
/// <param name="LeastNoise">Of amounts, as a part: 0.02 for 2 %.</param>
/// <param name="Season">How strong seasons are: 0 for none, 1 as made.</param>
/// <param name="Trend">How strong trends are.</param>
/// <param name="Short">Series of 8 to 24 figures instead of 24 to 60.</param>
internal sealed record Variation(
    string Name,
    double LeastNoise = 0.02,
    double MostNoise = 0.10,
    double Season = 1,
    double Trend = 1,
    bool Short = false
);
