namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>One step from a schema to the next.</summary>
/// <param name="Version">The schema it leads to.</param>
internal sealed record MigrationFile(int Version, string Name, string Sql);
