namespace KpiMetrics.Faults.Running;

/// <summary>How it went at a moment.</summary>
/// <param name="Pushes">Answered so far.</param>
/// <param name="Late">Due and not begun.</param>
/// <param name="Waiting">Changed figures to be published; null where the ledger did not answer.</param>
/// <param name="Memory">Of each worker, in bytes; 0 where it does not run.</param>
internal sealed record Sample(TimeSpan At, long Pushes, long Late, long? Waiting, IReadOnlyList<long> Memory);
