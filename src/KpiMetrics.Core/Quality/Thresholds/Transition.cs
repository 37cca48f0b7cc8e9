using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Core.Quality.Thresholds;

/// <summary>A level that rose, fell back, never was up after all, or had been up unnoticed.</summary>
/// <param name="Crossing">As it is known now; of what is withdrawn, as it was known before.</param>
public sealed record Transition(TransitionKind Kind, Threshold Threshold, ThresholdLevel Level, Crossing Crossing);
