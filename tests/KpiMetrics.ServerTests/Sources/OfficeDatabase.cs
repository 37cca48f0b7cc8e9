using KpiMetrics.ServerTests.Servers;
using Npgsql;

namespace KpiMetrics.ServerTests.Sources;

/// <summary>An office's PostgreSQL with the table <c>so_lieu</c>, for all tests of a class.</summary>
public sealed class OfficeDatabase : IAsyncLifetime
{
    private PostgresServer? server;

    /// <summary>As a superuser, so that only the session keeps it from writing.</summary>
    public string ConnectionString => server?.ConnectionString ?? "";

    /// <summary>Skips the test, or fails it on CI, where there is no PostgreSQL.</summary>
    public void Require()
    {
        if (server is null)
            MissingServer.Require($"PostgreSQL is not installed; apt-get install postgresql, or set {PostgresServer.Variable}.");
    }

    public async ValueTask InitializeAsync()
    {
        if (PostgresServer.Find() is not { } programs)
            return;
        server = await PostgresServer.StartAsync(programs, ["fsync = off"], CancellationToken.None);
        await ExecuteAsync(
            """
            create table so_lieu (chi_so text, ma text, ky text, gia_tri numeric, luc timestamptz);
            insert into so_lieu values
                ('T-01', 'T-01.01', '2026-09', 1.10, '2026-10-02 08:00+07'),
                ('T-01', 'T-01.01', '2026-10', 123456789012345678901234567890.000000000001, '2026-11-02 08:00+07'),
                ('T-02', 'T-02.01', '2026-10', 5, '2026-11-02 08:00+07');
            """
        );
    }

    public async Task<object?> ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (server is not null)
            await server.DisposeAsync();
    }
}
