namespace KpiMetrics.Worker.Api;

/// <summary>How many duties of a source may be at work at once.</summary>
/// <param name="Concurrency">1..64.</param>
internal sealed record ConcurrencyBody(int? Concurrency, string? Why);
