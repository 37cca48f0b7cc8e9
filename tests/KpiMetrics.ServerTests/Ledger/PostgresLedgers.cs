using KpiMetrics.Pipeline.Ledger.Postgres;
using KpiMetrics.ServerTests.Servers;

namespace KpiMetrics.ServerTests.Ledger;

/// <summary>The ledgers that one test uses, each in a database of its own; gone when disposed.</summary>
/// <remarks>A test over generated cases makes a hundred of them, one or two at a time: of those it has made only the newest are kept.</remarks>
internal sealed class PostgresLedgers(SharedPostgres postgres) : IAsyncDisposable
{
    private const int Kept = 8;

    private readonly Queue<string> databases = [];
    private readonly List<(PostgresLedger Ledger, string Database)> opened = [];

    /// <summary>A new, migrated ledger.</summary>
    public async Task<PostgresLedger> CreateAsync() => Open(await CreateDatabaseAsync());

    /// <summary>The string for a new, migrated ledger.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        while (databases.Count >= Kept)
            await DropAsync(databases.Dequeue());
        var database = await postgres.CreateLedgerAsync(TestContext.Current.CancellationToken);
        databases.Enqueue(database);
        return database;
    }

    public PostgresLedger Open(string database)
    {
        var ledger = new PostgresLedger(database);
        lock (opened)
            opened.Add((ledger, database));
        return ledger;
    }

    public async ValueTask DisposeAsync()
    {
        while (databases.TryDequeue(out var database))
            await DropAsync(database);
    }

    private async Task DropAsync(string database)
    {
        foreach (var (ledger, _) in opened.Where(one => one.Database == database))
            await ledger.DisposeAsync();
        opened.RemoveAll(one => one.Database == database);
        await postgres.DropAsync(database);
    }
}
