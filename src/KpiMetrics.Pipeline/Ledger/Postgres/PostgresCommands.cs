using Npgsql;

namespace KpiMetrics.Pipeline.Ledger.Postgres;

/// <summary>Commands whose parameters <c>$1</c>, <c>$2</c>, ... are given by place; arrays are for <c>unnest</c>.</summary>
internal static class PostgresCommands
{
    public static NpgsqlCommand Command(
        this NpgsqlConnection connection,
        NpgsqlTransaction? transaction,
        string sql,
        params ReadOnlySpan<object?> values
    )
    {
        var command = new NpgsqlCommand(sql, connection, transaction);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value ?? DBNull.Value });
        return command;
    }

    public static async Task<int> ExecuteAsync(this NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using (command)
            return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task<List<T>> ReadAsync<T>(
        this NpgsqlCommand command,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellationToken
    )
    {
        await using (command)
        {
            var rows = new List<T>();
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
                rows.Add(read(reader));
            return rows;
        }
    }

    public static string? TextOrNull(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);
}
