namespace KpiMetrics.Pipeline.Ledger;

/// <summary>A row of the audit trail, as far as it tells that a command recorded figures.</summary>
/// <param name="Number">Given when the row's transaction begins: in PostgreSQL one that begins later may end before.</param>
/// <param name="Set">The set of which a command recorded figures; null: the row tells something else.</param>
public sealed record AuditMark(long Number, string? Set);
