using Microsoft.Data.Sqlite;

namespace KpiMetrics.Pipeline.Ledger.Sqlite;

/// <summary>Prepared commands with positional setting of their parameters, and instants as milliseconds.</summary>
internal static class SqliteExtensions
{
    /// <summary>A command whose parameters <c>$1</c>, <c>$2</c>, ... are set by place; prepared when they are first set, so that one that is not needed costs nothing.</summary>
    public static SqliteCommand Prepare(
        this SqliteConnection connection,
        SqliteTransaction? transaction,
        string sql,
        int parameters
    )
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        for (var i = 1; i <= parameters; i++)
            command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}", Value = DBNull.Value });
        if (parameters == 0)
            command.Prepare();
        return command;
    }

    public static SqliteCommand With(this SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        command.Prepare(); // does nothing the second time
        return command;
    }

    public static string? TextOrNull(this SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

    public static DateTimeOffset Instant(this SqliteDataReader reader, int column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(column));
}
