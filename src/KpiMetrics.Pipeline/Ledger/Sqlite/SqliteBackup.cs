using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KpiMetrics.Pipeline.Ledger.Sqlite;

/// <summary>Backup of a ledger file while figures come in, and its return.</summary>
/// <remarks>
/// A copy of the file alone would miss what still lies in its write-ahead log, and tear what is being written. SQLite's own backup reads one moment of the
/// ledger; writers go on meanwhile.
/// </remarks>
public static class SqliteBackup
{
    static SqliteBackup() => Batteries_V2.Init();

    /// <summary>Writes the ledger as it is now into one file, checked and on disk before it bears its name.</summary>
    /// <param name="target">A file that is not there yet, in a folder that is.</param>
    /// <exception cref="LedgerBackupException">There is no ledger, the target is there already, or the copy is not whole.</exception>
    public static LedgerSummary Write(string ledger, string target)
    {
        if (!File.Exists(ledger))
            throw new LedgerBackupException($"There is no ledger '{ledger}' to back up.");
        if (File.Exists(target))
            throw new LedgerBackupException($"'{target}' is there already; a backup replaces nothing.");
        var unfinished = $"{target}.unfinished";
        File.Delete(unfinished);
        try
        {
            using (var from = Open(ledger, SqliteOpenMode.ReadWrite))
            using (var to = Open(unfinished, SqliteOpenMode.ReadWriteCreate))
            {
                from.BackupDatabase(to);
                SqliteDatabase.Execute(to, "PRAGMA journal_mode = DELETE"); // one file, nothing beside it
            }
            var summary = Check(unfinished);
            using (var file = File.OpenHandle(unfinished, FileMode.Open, FileAccess.ReadWrite))
                RandomAccess.FlushToDisk(file);
            File.Move(unfinished, target);
            return summary;
        }
        catch (SqliteException fault)
        {
            throw new LedgerBackupException($"The ledger '{ledger}' was not backed up: {fault.Message}", fault);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Puts a backup in the place of a ledger, which is set aside whole beside it and never deleted.</summary>
    /// <remarks>The restored ledger is told apart from the one it replaces, so that a process that still has that one open takes nothing more.</remarks>
    /// <param name="aside">A file that is not there yet, for the ledger that was there; unused where there was none.</param>
    /// <returns>What the restored ledger holds, and whether one was set aside.</returns>
    /// <exception cref="LedgerBackupException">The backup is not whole, or a worker has the ledger open; the ledger is as it was.</exception>
    public static (LedgerSummary Summary, bool IsSetAside) Restore(string backup, string ledger, string aside)
    {
        if (!File.Exists(backup))
            throw new LedgerBackupException($"There is no backup '{backup}'.");
        if (Path.GetFullPath(backup) == Path.GetFullPath(ledger))
            throw new LedgerBackupException($"'{backup}' is the ledger itself.");
        if (File.Exists(aside))
            throw new LedgerBackupException($"'{aside}' is there already; a ledger set aside replaces nothing.");
        LedgerSummary summary;
        var unfinished = $"{ledger}.restoring";
        try
        {
            summary = Check(backup);
            File.Copy(backup, unfinished, overwrite: true);
            using (var copy = Open(unfinished, SqliteOpenMode.ReadWrite))
                SqliteDatabase.Execute(copy, "UPDATE ledger_identity SET id = lower(hex(randomblob(16)))");
        }
        catch (SqliteException fault)
        {
            throw new LedgerBackupException(
                $"'{backup}' is no whole backup of a ledger, nothing was restored: {fault.Message}",
                fault
            );
        }
        var isSetAside = File.Exists(ledger);
        if (isSetAside)
            SetAside(ledger, aside);
        File.Move(unfinished, ledger);
        return (summary, isSetAside);
    }

    // Leaving the write-ahead log folds it into the file, and needs the file for oneself: whoever has it open is noticed.
    private static void SetAside(string ledger, string aside)
    {
        string? fault = null;
        try
        {
            using var open = Open(ledger, SqliteOpenMode.ReadWrite);
            using var leave = open.CreateCommand();
            leave.CommandTimeout = 1;
            leave.CommandText = "PRAGMA journal_mode = DELETE";
            leave.ExecuteNonQuery();
        }
        catch (SqliteException busy) when (busy.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
        {
            throw new LedgerBackupException(
                $"A process has the ledger '{ledger}' open: stop the worker first. Nothing was restored.",
                busy
            );
        }
        catch (SqliteException damaged)
        {
            fault = damaged.Message; // that is why it is restored; its log goes with it
        }
        foreach (var part in fault is null ? [""] : (string[])["", "-wal", "-shm"])
        {
            if (File.Exists(ledger + part))
                File.Move(ledger + part, aside + part);
        }
    }

    private static LedgerSummary Check(string file)
    {
        using var connection = Open(file, SqliteOpenMode.ReadOnly);
        if (Scalar(connection, "PRAGMA quick_check(1)") is not "ok")
            throw new LedgerBackupException($"'{file}' is damaged.");
        var last = Scalar(connection, "SELECT MAX(at) FROM audit") as long?;
        return new(
            (long)(Scalar(connection, "SELECT COUNT(*) FROM observation") ?? 0L),
            (long)(Scalar(connection, "SELECT COUNT(*) FROM report") ?? 0L),
            last is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
            new FileInfo(file).Length
        );
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = file,
                Mode = mode,
                Pooling = false,
            }.ToString()
        );
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
