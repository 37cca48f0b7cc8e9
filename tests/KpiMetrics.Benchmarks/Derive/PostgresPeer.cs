using KpiMetrics.ServerTests.Servers;
using Npgsql;
using NpgsqlTypes;

namespace KpiMetrics.Benchmarks.Derive;

/// <summary>The same rows in a PostgreSQL of its own, in order, analyzed, and with an index that answers without the table.</summary>
internal sealed class PostgresPeer : IAsyncDisposable
{
    /// <summary>All data and sorts in memory, nothing waits for a disk, and no time goes into compiling (it gains nothing here).</summary>
    public static readonly string[] Settings = ["shared_buffers = 512MB", "work_mem = 256MB", "fsync = off", "jit = off"];

    private readonly PostgresServer server;
    private readonly NpgsqlConnection connection;

    private PostgresPeer(PostgresServer server)
    {
        this.server = server;
        connection = new NpgsqlConnection(server.ConnectionString);
    }

    /// <summary>As the server names itself, such as 15.14.</summary>
    public string Version => connection.ServerVersion;

    public static async Task<PostgresPeer> StartAsync(string programs, DeriveData data)
    {
        var peer = new PostgresPeer(await PostgresServer.StartAsync(programs, Settings, CancellationToken.None));
        try
        {
            await peer.connection.OpenAsync();
            await peer.LoadAsync(data);
            return peer;
        }
        catch
        {
            await peer.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads every derived row into C#, in any order: series, month from 0, what was derived.</summary>
    public async Task ReadAsync(WindowQuery query, Action<int, int, DerivedRow> take)
    {
        await using var command = new NpgsqlCommand(query.Sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var row = new DerivedRow(Value(reader, 2), Value(reader, 3), Value(reader, 4), Value(reader, 5));
            take(reader.GetInt32(0), reader.GetInt32(1) - DeriveData.First, row);
        }
    }

    /// <summary>Derives everything and keeps it on the server.</summary>
    public async Task CountAsync(WindowQuery query)
    {
        await using var command = new NpgsqlCommand(query.Counted, connection);
        await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        await server.DisposeAsync();
    }

    private async Task LoadAsync(DeriveData data)
    {
        await ExecuteAsync(
            "CREATE TABLE figures (series int, period int, value numeric, PRIMARY KEY (series, period) INCLUDE (value))"
        );
        await using (var rows = await connection.BeginBinaryImportAsync("COPY figures FROM STDIN (FORMAT binary)"))
        {
            for (var series = 0; series < data.Dense.Length; series++)
            {
                var (values, present) = data.Dense[series];
                for (var month = 0; month < values.Length; month++)
                {
                    if (!present[month])
                        continue;
                    await rows.StartRowAsync();
                    await rows.WriteAsync(series, NpgsqlDbType.Integer);
                    await rows.WriteAsync(DeriveData.First + month, NpgsqlDbType.Integer);
                    await rows.WriteAsync(values[month], NpgsqlDbType.Numeric);
                }
            }
            await rows.CompleteAsync();
        }
        await ExecuteAsync("VACUUM ANALYZE figures");
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static decimal? Value(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetDecimal(column);
}
