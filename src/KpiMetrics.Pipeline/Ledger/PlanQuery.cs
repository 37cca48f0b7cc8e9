namespace KpiMetrics.Pipeline.Ledger;

/// <summary>Which plans, and the ledger of which instant. Null asks for all.</summary>
/// <param name="Area">The identities of areas; null for all.</param>
/// <param name="AsOf">Only statements received at or before this instant; null for all that is known.</param>
public sealed record PlanQuery(
    string? Set = null,
    string? Measure = null,
    IReadOnlyList<string>? Area = null,
    int? Year = null,
    DateTimeOffset? AsOf = null
);
