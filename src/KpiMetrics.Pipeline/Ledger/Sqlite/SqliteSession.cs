using System.Data.Common;
using KpiMetrics.Pipeline.Ledger.Sql;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KpiMetrics.Pipeline.Ledger.Sqlite;

/// <summary>A session of SQLite: statements are kept prepared, and rows go in one after the other, which is as fast as can be within one process.</summary>
/// <param name="turn">Of a session that writes: given back when it ends.</param>
internal sealed class SqliteSession(SqliteConnection connection, SqliteTransaction? transaction, IDisposable? turn)
    : SqlSession(connection, transaction)
{
    private bool isCommitted;

    public SqliteConnection Connection => connection;

    public override async Task<int> ApplyAsync(
        string sql,
        IReadOnlyList<SqlColumn> columns,
        IReadOnlyList<object?[]> rows,
        Action<DbDataReader>? returned,
        CancellationToken cancellationToken
    )
    {
        if (rows.Count == 0)
            return 0;
        var row = string.Join(", ", columns.Select((column, place) => $"${place + 1} AS {column.Name}"));
        await using var statement = Prepare(sql.Replace("{rows}", $"(SELECT {row})", StringComparison.Ordinal));
        var changed = 0;
        foreach (var values in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (returned is null)
            {
                changed += statement.With(values).ExecuteNonQuery();
                continue;
            }
            using var reader = statement.With(values).ExecuteReader();
            while (reader.Read())
            {
                returned(reader);
                changed++;
            }
        }
        return changed;
    }

    public override async Task CommitAsync(CancellationToken cancellationToken)
    {
        await base.CommitAsync(cancellationToken);
        isCommitted = true;
    }

    public override async ValueTask DisposeAsync()
    {
        using var over = turn;
        // On a full disk SQLite has rolled back by itself; the driver would fail to do so again and hide the fault that matters.
        if (transaction is not null && !isCommitted && raw.sqlite3_get_autocommit(connection.Handle) != 0)
            SqliteDatabase.Execute(connection, "BEGIN", transaction);
        await base.DisposeAsync();
    }

    private protected override SqlStatement Wrap(DbCommand command) => new SqliteStatement(command);
}
