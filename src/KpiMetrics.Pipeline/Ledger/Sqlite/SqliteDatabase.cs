using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KpiMetrics.Pipeline.Ledger.Sqlite;

/// <summary>One SQLite file, opened the way the ledger needs it.</summary>
internal sealed class SqliteDatabase
{
    // How long a writer waits for another one, a whole report of some 100,000 rows being one transaction.
    private const int BusySeconds = 120;

    private readonly string connectionString;

    static SqliteDatabase() => Batteries_V2.Init();

    public SqliteDatabase(string path) =>
        connectionString = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = BusySeconds }.ToString();

    /// <summary>A connection of the pool: write-ahead log, and every commit on disk before it is answered.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            Execute(
                connection,
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -32000;"
            );
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public static void Execute(SqliteConnection connection, string sql, SqliteTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
