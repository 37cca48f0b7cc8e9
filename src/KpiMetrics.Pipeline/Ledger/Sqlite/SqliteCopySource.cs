using KpiMetrics.Pipeline.Ledger.Copying;
using KpiMetrics.Pipeline.Ledger.Sql;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KpiMetrics.Pipeline.Ledger.Sqlite;

/// <summary>A ledger file that is to be copied: no other process can open it meanwhile.</summary>
internal sealed class SqliteCopySource : IDisposable
{
    private readonly SqliteConnection connection;

    static SqliteCopySource() => Batteries_V2.Init();

    private SqliteCopySource(SqliteConnection connection) => this.connection = connection;

    /// <summary>So far.</summary>
    public long ReplacedTexts { get; set; }

    /// <summary>Takes the file for itself and brings it to this build's schema.</summary>
    /// <exception cref="LedgerCopyException">There is none, it is no ledger, or a process has it open.</exception>
    /// <exception cref="InvalidOperationException">The file was written by a newer build.</exception>
    public static SqliteCopySource Open(string file, DateTimeOffset at)
    {
        if (!File.Exists(file))
            throw new LedgerCopyException($"There is no ledger '{file}'.");
        var opened = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = file,
                Mode = SqliteOpenMode.ReadWrite,
                Pooling = false,
                DefaultTimeout = 1, // second
            }.ToString()
        );
        try
        {
            opened.Open();
            // In this mode the lock of the transaction is kept until the file is closed.
            SqliteDatabase.Execute(opened, "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT;");
            if (!HasTable(opened, CopiedTables.Identity))
                throw new LedgerCopyException($"'{file}' is no ledger.");
            SqliteMigrations.Run(opened, at);
            return new(opened);
        }
        catch (SqliteException fault)
        {
            opened.Dispose();
            throw new LedgerCopyException(
                fault.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED
                    ? $"A process has the ledger '{file}' open: stop the worker first."
                    : $"The ledger '{file}' cannot be read: {fault.Message}",
                fault
            );
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    public SqliteCopyRows Read(CopiedTable table) => new(this, connection, table);

    /// <summary>The highest number that the table ever gave to a row, which may be deleted since; 0 where that is not kept.</summary>
    public long LastGiven(CopiedTable table)
    {
        using var find = connection.Prepare(null, "SELECT seq FROM sqlite_sequence WHERE name = $1", 1);
        return find.With(table.Name).ExecuteScalar() as long? ?? 0;
    }

    /// <summary>Series and period of the points that were on their way to InfluxDB.</summary>
    public IReadOnlySet<(int Series, int Period)> Flights()
    {
        var points = new HashSet<(int, int)>();
        using var find = connection.Prepare(null, $"SELECT points FROM {CopiedTables.Flights}", 0);
        using var reader = find.ExecuteReader();
        while (reader.Read())
            points.UnionWith(
                FlightPoints.Read(reader.GetFieldValue<byte[]>(0), null).Select(point => (point.Series, point.Period))
            );
        return points;
    }

    public void Dispose() => connection.Dispose();

    private static bool HasTable(SqliteConnection connection, string name)
    {
        using var find = connection.Prepare(null, "SELECT 1 FROM sqlite_schema WHERE name = $1", 1);
        return find.With(name).ExecuteScalar() is not null;
    }
}
