using System.Collections.Concurrent;
using KpiMetrics.Pipeline.Ledger.Postgres;
using KpiMetrics.ServerTests.Servers;

namespace KpiMetrics.ServerTests.Ledger;

/// <summary>The ledgers that one test uses, each in a database of its own; gone when disposed.</summary>
internal sealed class PostgresLedgers(SharedPostgres postgres) : IAsyncDisposable
{
    private readonly ConcurrentBag<(PostgresLedger Ledger, string Database)> made = [];

    /// <summary>A new, migrated ledger.</summary>
    public async Task<PostgresLedger> CreateAsync() => Open(await CreateDatabaseAsync());

    /// <summary>The string for a new, migrated ledger; to be opened once at least.</summary>
    public Task<string> CreateDatabaseAsync() => postgres.CreateLedgerAsync(TestContext.Current.CancellationToken);

    public PostgresLedger Open(string database)
    {
        var ledger = new PostgresLedger(database);
        made.Add((ledger, database));
        return ledger;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (ledger, _) in made)
            await ledger.DisposeAsync();
        foreach (var database in made.Select(one => one.Database).Distinct(StringComparer.Ordinal))
            await postgres.DropAsync(database);
    }
}
