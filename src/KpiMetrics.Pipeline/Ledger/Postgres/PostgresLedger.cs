namespace KpiMetrics.Pipeline.Ledger.Postgres;

/// <summary>The ledger in the schema <c>kpi</c> of a PostgreSQL database: for several workers, and for figures of a whole country.</summary>
/// <param name="connectionString">As Npgsql has it. Its password appears in no message.</param>
/// <exception cref="ArgumentException">It is no connection string; the message does not repeat it.</exception>
public sealed partial class PostgresLedger(string connectionString) : IAsyncDisposable
{
    private readonly PostgresDatabase database = new(connectionString);

    public Task<IReadOnlyList<string>> MigrateAsync(DateTimeOffset at, CancellationToken cancellationToken) =>
        PostgresMigrations.RunAsync(database, at, cancellationToken);

    public ValueTask DisposeAsync() => database.DisposeAsync();
}
