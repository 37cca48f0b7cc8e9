namespace KpiMetrics.Core.Alerting;

/// <summary>Which level of which hourly series an alert of the kind <see cref="AlertKind.Threshold"/> is about, whenever it is up.</summary>
/// <param name="Subject">The subject's code; empty for a measure that is one figure.</param>
/// <param name="Area">Identity of the area.</param>
/// <param name="Threshold">Its code.</param>
/// <param name="Level">Its code within the threshold.</param>
/// <param name="IsMissed">It was up and over before that was known: told for itself, beside what the level does now.</param>
public sealed record LevelKey(
    string Set,
    string Measure,
    string Subject,
    string Area,
    string Threshold,
    string Level,
    bool IsMissed = false
);
