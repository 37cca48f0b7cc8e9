using KpiMetrics.Pipeline.Ledger.Postgres;
using KpiMetrics.ServerTests.Servers;

[assembly: AssemblyFixture(typeof(SharedPostgres))]

namespace KpiMetrics.ServerTests.Servers;

/// <summary>One PostgreSQL for all tests of the assembly that need no server of their own; started by the first that asks.</summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    private static readonly string[] Settings =
    [
        "fsync = off",
        "max_connections = 300",
        "shared_buffers = 64MB",
        "max_locks_per_transaction = 256",
    ];

    private readonly SemaphoreSlim starting = new(1);
    private PostgresServer? server;
    private bool hasTemplate;

    /// <summary>The string for a new, empty database. Skips the test, or fails it on CI, where there is no PostgreSQL.</summary>
    public async Task<string> CreateDatabaseAsync(CancellationToken cancellationToken) =>
        await (await StartAsync(cancellationToken)).CreateDatabaseAsync(NewName(), null, cancellationToken);

    /// <summary>The string for a new database with an empty ledger of this build.</summary>
    public async Task<string> CreateLedgerAsync(CancellationToken cancellationToken)
    {
        const string template = "empty_ledger";
        var running = await StartAsync(cancellationToken);
        await starting.WaitAsync(cancellationToken);
        try
        {
            if (!hasTemplate)
            {
                await using var ledger = new PostgresLedger(await running.CreateDatabaseAsync(template, null, cancellationToken));
                await ledger.MigrateAsync(DateTimeOffset.UnixEpoch, cancellationToken);
                hasTemplate = true;
            }
            return await running.CreateDatabaseAsync(NewName(), template, cancellationToken); // one at a time
        }
        finally
        {
            starting.Release();
        }
    }

    /// <summary>Drops a database that a test no longer needs, whoever still uses it.</summary>
    public async Task DropAsync(string database)
    {
        if (server is not null)
            await server.DropDatabaseAsync(database, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        starting.Dispose();
        if (server is not null)
            await server.DisposeAsync();
    }

    private static string NewName() => $"kpi_{Guid.NewGuid():N}";

    private async Task<PostgresServer> StartAsync(CancellationToken cancellationToken)
    {
        await starting.WaitAsync(cancellationToken);
        try
        {
            if (PostgresServer.Find() is not { } programs)
                MissingServer.Require(
                    $"PostgreSQL is not installed; apt-get install postgresql, or set {PostgresServer.Variable}."
                );
            else
                server ??= await PostgresServer.StartAsync(programs, Settings, cancellationToken);
            return server ?? throw new InvalidOperationException("There is no PostgreSQL.");
        }
        finally
        {
            starting.Release();
        }
    }
}
