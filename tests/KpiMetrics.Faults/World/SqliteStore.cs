using KpiMetrics.Faults.Wires;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KpiMetrics.Faults.World;

/// <summary>The file in the data folder.</summary>
internal sealed class SqliteStore : ILedgerStore
{
    private readonly string file;

    static SqliteStore() => Batteries_V2.Init();

    private SqliteStore(string file, LedgerDisk? disk, string noDisk) => (this.file, Disk, NoDisk) = (file, disk, noDisk);

    public string Name => "sqlite";

    public IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>();

    public int? Port => null;

    public Func<CancellationToken, Task>? KillAsync => null;

    public Func<CancellationToken, Task<bool>>? ReviveAsync => null;

    public LedgerDisk? Disk { get; }

    public string NoDisk { get; }

    /// <param name="folder">For a disk of its own, where that is possible.</param>
    /// <param name="data">The worker's data folder within it.</param>
    public static SqliteStore Make(string folder, string data)
    {
        var disk = LedgerDisk.TryMake(folder, out var why);
        return new(Path.Combine(data, "ledger.db"), disk, why);
    }

    public IReadOnlyDictionary<string, string> Through(Wire? wire) => Environment;

    public Task<long> CountAsync(string sql, CancellationToken cancellationToken)
    {
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        };
        using var connection = new SqliteConnection(settings.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Task.FromResult((long)(command.ExecuteScalar() ?? 0L));
    }

    public ValueTask DisposeAsync()
    {
        Disk?.Dispose();
        return ValueTask.CompletedTask;
    }
}
