using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Catalog;

/// <summary>What an indicator or measure was until a day; null or empty where it was the same as in the version that followed.</summary>
/// <param name="To">The last day on which it was so.</param>
/// <param name="Frequencies">Of indicators only; empty where they were the same.</param>
public sealed record FormerVersion(DateOnly To, string? Name, string? Agency, IReadOnlyList<Frequency> Frequencies);
