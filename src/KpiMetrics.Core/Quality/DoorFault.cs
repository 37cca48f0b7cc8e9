namespace KpiMetrics.Core.Quality;

/// <summary>What is wrong with one cell: the value found and what was allowed, in one line.</summary>
public sealed record DoorFault(RefusalCode Code, string Message);
