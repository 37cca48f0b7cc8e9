using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KpiMetrics.Pipeline.Ledger.Sqlite;

/// <summary>Whether the ledger can take anything.</summary>
public sealed partial class SqliteLedger
{
    public Task<string?> FindFaultAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            database.CheckIdentity();
            using var connection = database.Open();
            connection.DefaultTimeout = 1;
            using var write = connection.Prepare(null, "UPDATE ledger_identity SET id = id", 0);
            write.ExecuteNonQuery();
            return Task.FromResult<string?>(null);
        }
        catch (SqliteException busy) when (busy.SqliteErrorCode == raw.SQLITE_BUSY)
        {
            return Task.FromResult<string?>(null); // somebody writes: it can be written to
        }
        catch (Exception fault) when (fault is SqliteException or IOException)
        {
            return Task.FromResult<string?>(fault.Message);
        }
    }
}
