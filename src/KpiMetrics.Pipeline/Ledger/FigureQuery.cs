using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>Which series, and the ledger of which instant. Null asks for all.</summary>
/// <param name="Area">The identities of areas; null for all.</param>
/// <param name="AsOf">Only statements received at or before this instant; null for all that is known.</param>
public sealed record FigureQuery(
    string? Set = null,
    string? Indicator = null,
    string? Measure = null,
    IReadOnlyList<string>? Area = null,
    Frequency? Frequency = null,
    DateTimeOffset? AsOf = null
);
