namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>The kinds of <see cref="WriteLock"/>. Their numbers are what other processes see: never to be given to another kind.</summary>
internal enum WriteLockKind
{
    Migration = 1,
    Report = 2,
    Plans = 3,
    Obligations = 4,
    ObligationPlan = 5,
    Emergencies = 6,
    Schedule = 7,
    Catalog = 8,
    Alerts = 12,
}
