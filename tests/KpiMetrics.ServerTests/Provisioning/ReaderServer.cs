using KpiMetrics.Pipeline.Ledger.Postgres;
using KpiMetrics.ServerTests.Servers;
using Npgsql;

namespace KpiMetrics.ServerTests.Provisioning;

/// <summary>A PostgreSQL of its own, as roles belong to a whole server, with a login that may read what <c>kpi_reader</c> may; started by the first that asks.</summary>
public sealed class ReaderServer : IAsyncDisposable
{
    private const string Reader = "board";

    private PostgresServer? server;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The strings for a new, migrated ledger: for its owner, and for the reader.</summary>
    public async Task<(string Owner, string Reader)> CreateAsync()
    {
        if (PostgresServer.Find() is not { } programs)
        {
            MissingServer.Require("No PostgreSQL; apt-get install postgresql, or name the folder of initdb in PG_BIN.");
            throw new InvalidOperationException("There is no PostgreSQL.");
        }
        if (server is null)
        {
            server = await PostgresServer.StartAsync(programs, ["fsync = off"], Token);
            await using var connection = new NpgsqlConnection(server.ConnectionString);
            await connection.OpenAsync(Token);
            await using var command = new NpgsqlCommand(
                $"CREATE ROLE kpi_reader NOLOGIN; CREATE ROLE {Reader} LOGIN PASSWORD 'p' IN ROLE kpi_reader",
                connection
            );
            await command.ExecuteNonQueryAsync(Token);
        }
        var owner = await server.CreateDatabaseAsync($"kpi_{Guid.NewGuid():N}", null, Token);
        await using (var ledger = new PostgresLedger(owner))
            await ledger.MigrateAsync(DateTimeOffset.UnixEpoch, Token);
        return (owner, new NpgsqlConnectionStringBuilder(owner) { Username = Reader, Password = "p" }.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
    }
}
