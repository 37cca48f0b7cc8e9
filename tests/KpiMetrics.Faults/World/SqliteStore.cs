using KpiMetrics.Faults.Wires;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KpiMetrics.Faults.World;

/// <summary>The file in the data folder.</summary>
internal sealed class SqliteStore(string data) : ILedgerStore
{
    static SqliteStore() => Batteries_V2.Init();

    public string Name => "sqlite";

    public IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>();

    public int? Port => null;

    public Func<CancellationToken, Task>? KillAsync => null;

    public IReadOnlyDictionary<string, string> Through(Wire? wire) => Environment;

    public Task<long> CountAsync(string sql, CancellationToken cancellationToken)
    {
        var file = new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(data, "ledger.db"),
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        };
        using var connection = new SqliteConnection(file.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Task.FromResult((long)(command.ExecuteScalar() ?? 0L));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
