namespace KpiMetrics.Pipeline.Ledger;

/// <summary>How the check of a set stands.</summary>
/// <param name="Rules">By which catalog and build the last check was begun.</param>
/// <param name="IsCurrent">That check ended, and no figure or plan was recorded since it began.</param>
/// <param name="CheckedAt">When a check last ended; null: none did.</param>
public sealed record SetCheck(string Set, string Rules, bool IsCurrent, DateTimeOffset? CheckedAt);
