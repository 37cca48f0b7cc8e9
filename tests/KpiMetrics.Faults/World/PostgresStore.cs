using System.Globalization;
using KpiMetrics.Faults.Wires;
using KpiMetrics.ServerTests.Servers;
using Npgsql;

namespace KpiMetrics.Faults.World;

/// <summary>A PostgreSQL of its own.</summary>
internal sealed class PostgresStore : ILedgerStore
{
    /// <summary>The setting of a worker, as its environment names it.</summary>
    public const string Setting = "Ledger__Postgres";

    private readonly PostgresServer server;

    private PostgresStore(PostgresServer server)
    {
        this.server = server;
        Port = new NpgsqlConnectionStringBuilder(server.ConnectionString).Port;
        Environment = new Dictionary<string, string> { [Setting] = server.ConnectionString };
    }

    public string Name => "postgres";

    public IReadOnlyDictionary<string, string> Environment { get; }

    public int? Port { get; }

    public Func<CancellationToken, Task>? KillAsync =>
        async cancellationToken =>
        {
            await server.KillAsync();
            await server.StartAgainAsync(cancellationToken);
        };

    public static async Task<PostgresStore> StartAsync(CancellationToken cancellationToken)
    {
        var programs = PostgresServer.Find();
        if (programs is null)
            MissingServer.Require($"PostgreSQL is not there; set {PostgresServer.Variable}.");
        return new(
            await PostgresServer.StartAsync(
                programs ?? "",
                ["max_connections = 200", "shared_buffers = 512MB", "effective_cache_size = 1GB"],
                cancellationToken
            )
        );
    }

    public IReadOnlyDictionary<string, string> Through(Wire? wire) =>
        wire is null
            ? Environment
            : new Dictionary<string, string>
            {
                [Setting] = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Port = wire.Port }.ToString(),
            };

    public async Task<long> CountAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
