namespace KpiMetrics.Pipeline.Sources;

/// <summary>A source is being left alone.</summary>
/// <param name="Since">When the break, or the last of several in a row, began.</param>
/// <param name="Until">When it may be tried again.</param>
/// <param name="Failures">How many attempts in a row have failed.</param>
/// <param name="FailingSince">When the first of these failed.</param>
/// <param name="Why">What was wrong the last time.</param>
public sealed record SourceBreak(
    DateTimeOffset Since,
    DateTimeOffset Until,
    int Failures,
    DateTimeOffset FailingSince,
    string Why
);
