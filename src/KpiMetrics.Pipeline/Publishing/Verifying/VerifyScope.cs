namespace KpiMetrics.Pipeline.Publishing.Verifying;

/// <summary>What to compare. Null: everything, also what stands under no set at all.</summary>
/// <param name="Indicator">With a set only.</param>
public sealed record VerifyScope(string? Set = null, string? Indicator = null);
