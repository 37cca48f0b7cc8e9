namespace KpiMetrics.Simulation.Verifying;

/// <summary>A question that an office was asked, for one of its periods.</summary>
/// <param name="At">Our clock.</param>
/// <param name="Now">The world's clock.</param>
/// <param name="IsAnswered">The office answered.</param>
/// <param name="IsDone">The visit came to its end: what the answer brought must be in the ledger.</param>
internal readonly record struct Question(DateTimeOffset At, DateTimeOffset Now, bool IsAnswered, bool IsDone);
