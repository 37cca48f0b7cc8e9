namespace KpiMetrics.Simulation.Running;

/// <summary>A stretch in which nothing of the engine ran.</summary>
/// <param name="From">The last line seen.</param>
/// <param name="Until">The clock of the next process; may lie before <paramref name="From"/>.</param>
internal readonly record struct Stop(DateTimeOffset From, DateTimeOffset Until);
