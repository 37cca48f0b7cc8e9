using System.Data.Common;
using KpiMetrics.Pipeline.Ledger.Sql;
using Npgsql;

namespace KpiMetrics.Pipeline.Ledger.Postgres;

/// <summary>A session of PostgreSQL: many rows go to the server as arrays, some thousand with each statement.</summary>
internal sealed class PostgresSession(NpgsqlConnection connection, NpgsqlTransaction? transaction)
    : SqlSession(connection, transaction)
{
    private const int Chunk = 10_000;

    public NpgsqlConnection Connection => connection;

    public NpgsqlTransaction Transaction =>
        transaction ?? throw new InvalidOperationException("This session has no transaction.");

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
        var names = string.Join(", ", columns.Select(column => column.Name));
        var arrays = string.Join(", ", columns.Select((column, i) => $"${i + 1}::{(column.IsText ? "text" : "bigint")}[]"));
        await using var statement = new PostgresStatement(
            new NpgsqlCommand(
                sql.Replace("{rows}", $"(SELECT * FROM unnest({arrays}) AS u ({names}))", StringComparison.Ordinal),
                connection,
                transaction
            )
        );
        var isPlanned = transaction is not null && rows.Count >= PostgresDatabase.Many;
        if (isPlanned)
            await ExecuteAsync(PostgresDatabase.PlanAnew, [], cancellationToken);
        var changed = 0;
        foreach (var chunk in rows.Chunk(Chunk))
        {
            var command = statement.With([.. columns.Select((column, place) => ColumnOf(column, chunk, place))]);
            if (returned is null)
            {
                changed += await command.ExecuteNonQueryAsync(cancellationToken);
                continue;
            }
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                returned(reader);
                changed++;
            }
        }
        if (isPlanned)
            await ExecuteAsync(PostgresDatabase.PlanAgainOnce, [], cancellationToken);
        return changed;
    }

    private protected override string ForUpdate => "FOR UPDATE";

    private protected override SqlStatement Wrap(DbCommand command) => new PostgresStatement(command);

    private static object ColumnOf(SqlColumn column, object?[][] rows, int place) =>
        column.IsText
            ? Array.ConvertAll(rows, row => (string?)row[place])
            : Array.ConvertAll(rows, row => PostgresStatement.WholeNumber(row[place]));
}
