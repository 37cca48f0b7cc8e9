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

    /// <summary>The string for a new, empty database. Skips the test, or fails it on CI, where there is no PostgreSQL.</summary>
    public async Task<string> CreateDatabaseAsync(CancellationToken cancellationToken)
    {
        await starting.WaitAsync(cancellationToken);
        try
        {
            if (PostgresServer.Find() is not { } programs)
                ServerProcess.Require(
                    $"PostgreSQL is not installed; apt-get install postgresql, or set {PostgresServer.Variable}."
                );
            else
                server ??= await PostgresServer.StartAsync(programs, Settings, cancellationToken);
        }
        finally
        {
            starting.Release();
        }
        return server is null
            ? throw new InvalidOperationException("There is no PostgreSQL.")
            : await server.CreateDatabaseAsync($"kpi_{Guid.NewGuid():N}", cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        starting.Dispose();
        if (server is not null)
            await server.DisposeAsync();
    }
}
