namespace KpiMetrics.Worker.Api;

/// <summary>A span of the past that sources are asked for.</summary>
/// <param name="From">The first period, of any frequency.</param>
/// <param name="To">The last period, of any frequency; included.</param>
/// <param name="Indicator">Null: every one of the set.</param>
/// <param name="Source">Null: every one that serves the set.</param>
/// <param name="DryRun">List the questions, ask none.</param>
internal sealed record BackfillBody(
    string? Set,
    string? From,
    string? To,
    string? Indicator,
    string? Source,
    bool? DryRun,
    string? Why
);
