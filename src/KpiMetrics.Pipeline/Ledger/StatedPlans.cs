using KpiMetrics.Core.Derivation.Plans;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>All that was ever said about the plans of one measure, subject and area; never empty.</summary>
/// <param name="Versions">In order of scheme, year, period and time of receipt.</param>
public sealed record StatedPlans(PlanKey Key, IReadOnlyList<PlanVersion> Versions);
