namespace KpiMetrics.Pipeline.Ledger;

/// <param name="Firing">How many findings hold.</param>
/// <param name="Added">How many of them did not hold before.</param>
/// <param name="Resolved">How many hold no longer.</param>
public readonly record struct FindingChanges(int Firing, int Added, int Resolved);
