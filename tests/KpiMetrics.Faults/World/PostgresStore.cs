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

    private static readonly string[] Settings = ["max_connections = 200", "shared_buffers = 512MB", "effective_cache_size = 1GB"];

    private readonly PostgresServer server;
    private readonly TestFolder mount;

    private PostgresStore(PostgresServer server, TestFolder mount, LedgerDisk? disk, string noDisk)
    {
        (this.server, this.mount, Disk, NoDisk) = (server, mount, disk, noDisk);
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

    public Func<CancellationToken, Task<bool>>? ReviveAsync => server.ReviveAsync;

    public LedgerDisk? Disk { get; }

    public string NoDisk { get; }

    /// <param name="canBeFull">Its data are to lie on a disk of their own, where that is possible; a little slower than the system's.</param>
    public static async Task<PostgresStore> StartAsync(bool canBeFull, CancellationToken cancellationToken)
    {
        var programs = PostgresServer.Find();
        if (programs is null)
            MissingServer.Require($"PostgreSQL is not there; set {PostgresServer.Variable}.");
        // Not in the run's folder, which only we may enter: the server runs as somebody else. What is mounted there all may.
        var folder = new TestFolder();
        var why = "no disk of its own was asked for";
        var disk = canBeFull ? LedgerDisk.TryMake(folder.Path, out why) : null;
        try
        {
            return new(
                await PostgresServer.StartAsync(programs ?? "", Settings, cancellationToken, disk?.Folder),
                folder,
                disk,
                why
            );
        }
        catch
        {
            disk?.Dispose();
            folder.Dispose();
            throw;
        }
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

    public async ValueTask DisposeAsync()
    {
        try
        {
            await server.DisposeAsync();
        }
        finally
        {
            Disk?.Dispose();
            mount.Dispose();
        }
    }
}
