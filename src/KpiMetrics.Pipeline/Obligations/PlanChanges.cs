namespace KpiMetrics.Pipeline.Obligations;

/// <summary>What a run of planning did.</summary>
/// <param name="Created">New obligations.</param>
/// <param name="Voided">Obligations that need not be any more.</param>
public readonly record struct PlanChanges(int Created, int Voided);
