using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Catalog;

/// <summary>The rules of a set from a date on.</summary>
/// <param name="From">The first day on which a period may begin under these rules.</param>
/// <param name="Windows">Which days a period covers.</param>
/// <param name="Due">When a figure is due, as the decision says it; null where it says nothing.</param>
/// <param name="Origin">The article that says so, or why it is assumed.</param>
public sealed record RegimeRule(DateOnly From, WindowRule Windows, string? Due, string? Origin);
