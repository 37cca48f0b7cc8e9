using KpiMetrics.Core.Derivation.Plans;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Pipeline.Collection.Plans;

/// <summary>A row of plans that passed the door.</summary>
internal sealed record StatedPlan(PlanKey Key, PlanVersion Version);
