namespace KpiMetrics.Pipeline.Collection;

/// <summary>What became of a push.</summary>
/// <param name="Answer">What its sender is told of each row (<see cref="PushAnswer"/>), gzip.</param>
public sealed record PushResult(IntakeResult Intake, ReadOnlyMemory<byte> Answer);
