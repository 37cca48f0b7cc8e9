using KpiMetrics.Core.Derivation.Plans;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Worker.Commands;

/// <summary>One version of a plan as it is listed.</summary>
/// <param name="Area">The area's code; its identity where the catalog no longer has it.</param>
/// <param name="Counts">True where no later version has taken its place.</param>
internal sealed record PlanRow(PlanKey Key, string Area, PlanVersion Version, bool Counts);
