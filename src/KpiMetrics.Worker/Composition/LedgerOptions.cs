namespace KpiMetrics.Worker.Composition;

/// <summary>Where the ledger is kept.</summary>
public sealed class LedgerOptions
{
    public const string Section = "Ledger";

    /// <summary>
    /// The connection string of a PostgreSQL database, <c>Host=db;Database=kpi;Username=kpi;Password=...</c>; its schema <c>kpi</c> is the ledger's. Empty
    /// (default): an SQLite file in the data folder. As it holds a password, it is best given by the environment: <c>Ledger__Postgres</c>.
    /// </summary>
    public string Postgres { get; set; } = "";
}
