namespace KpiMetrics.Pipeline.Publishing;

/// <summary>How the engine itself does, as one worker saw it: a point of <see cref="InfluxNames.Engine"/>.</summary>
/// <param name="Worker">The worker's name as its operators call it: few, and the same after a restart.</param>
/// <param name="Waiting">Changed figures not yet published.</param>
/// <param name="Lag">How long the oldest of them waits; null where none does.</param>
/// <param name="Refused">Points that InfluxDB would not take.</param>
/// <param name="Overdue">Obligations past due and incomplete; null where they could not be counted.</param>
/// <param name="Missing">Of them past grace.</param>
/// <param name="Failing">Sources whose last answers failed.</param>
/// <param name="Memory">Of the process, in bytes.</param>
public sealed record EngineReading(
    string Worker,
    DateTimeOffset At,
    long Waiting,
    TimeSpan? Lag,
    long Refused,
    long? Overdue,
    long? Missing,
    int Failing,
    long Memory
);
