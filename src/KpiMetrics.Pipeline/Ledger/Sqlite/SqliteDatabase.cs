using System.Runtime.CompilerServices;
using KpiMetrics.Pipeline.Ledger.Sql;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KpiMetrics.Pipeline.Ledger.Sqlite;

/// <summary>One SQLite file, opened the way the ledger needs it.</summary>
internal sealed class SqliteDatabase : SqlDatabase
{
    // How long a writer waits for another one, a whole report of some 100,000 rows being one transaction.
    private const int BusySeconds = 120;

    // The pool hands out the same connections again, and they keep their settings.
    private static readonly ConditionalWeakTable<sqlite3, object> SetUp = [];

    private readonly string connectionString;
    private readonly string probeString;
    private string? identity;

    static SqliteDatabase() => Batteries_V2.Init();

    public SqliteDatabase(string path)
    {
        Place = path;
        connectionString = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = BusySeconds }.ToString();
        probeString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            DefaultTimeout = BusySeconds,
            Mode = SqliteOpenMode.ReadWrite, // and not created
            Pooling = false,
        }.ToString();
    }

    public override string Place { get; }

    public SqliteWriterQueue Writers { get; } = new();

    public override string NextAuditId => "SELECT COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'audit'), 0) + 1";

    // All processes on one file are of one machine, and have its clock.
    public override string Now => "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)";

    // Left to itself SQLite goes by the table's key: through all the duty's history at every tick.
    public override string ByOpen => "INDEXED BY obligation_open";

    public override string ByDue => "INDEXED BY obligation_due";

    public override ValueTask<SqlSession> OpenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(new SqliteSession(Open(), null, null));
    }

    public override ValueTask<SqlSession> OpenSnapshotAsync(CancellationToken cancellationToken) =>
        new(Begin(null, cancellationToken));

    public override async ValueTask<SqlSession> BeginAsync(IReadOnlyList<WriteLock> locks, CancellationToken cancellationToken)
    {
        var turn = await Writers.TakeAsync(cancellationToken);
        try
        {
            CheckIdentity();
            return Begin(turn, cancellationToken);
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    public override async Task<bool> TryExecuteAsync(
        string sql,
        IReadOnlyList<object?> values,
        CancellationToken cancellationToken
    )
    {
        using var turn = await Writers.TryTakeAsync(TimeSpan.FromSeconds(1), cancellationToken);
        if (turn is null)
            return false;
        CheckIdentity();
        var connection = Open();
        connection.DefaultTimeout = 1;
        await using var session = new SqliteSession(connection, null, null);
        try
        {
            await session.ExecuteAsync(sql, values, cancellationToken);
            return true;
        }
        catch (SqliteException fault) when (fault.SqliteErrorCode == raw.SQLITE_BUSY)
        {
            return false;
        }
    }

    /// <summary>Makes sure that the file at the path is still the one that was first opened: a deleted one would go on taking reports.</summary>
    /// <exception cref="LedgerReplacedException">It is gone, or another.</exception>
    public void CheckIdentity()
    {
        using var probe = new SqliteConnection(probeString);
        try
        {
            probe.Open();
            using var command = probe.CreateCommand();
            command.CommandText = "SELECT id FROM ledger_identity";
            var found = (string?)command.ExecuteScalar();
            identity ??= found;
            if (found != identity)
                throw new LedgerReplacedException(
                    $"The file '{probe.DataSource}' is another ledger than the one in use; restart to use it."
                );
        }
        catch (SqliteException fault)
        {
            throw new LedgerReplacedException(
                $"The ledger '{probe.DataSource}' is gone or damaged, nothing is taken: {fault.Message}",
                fault
            );
        }
    }

    /// <summary>A connection of the pool: write-ahead log, and every commit on disk before it is answered.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            if (connection.Handle is { } handle && !SetUp.TryGetValue(handle, out _))
            {
                Execute(
                    connection,
                    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -32000;"
                );
                SetUp.AddOrUpdate(handle, connectionString);
            }
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private SqliteSession Begin(IDisposable? turn, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var connection = Open();
        try
        {
            return new(connection, connection.BeginTransaction(deferred: turn is null), turn);
        }
        catch
        {
            connection.Dispose(); // a connection left to the collector would keep the write lock
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
