using Microsoft.Data.Sqlite;

namespace KpiMetrics.Pipeline.Ledger.Sqlite;

/// <summary>Prepared commands with positional setting of their parameters, and instants as milliseconds.</summary>
internal static class SqliteExtensions
{
    /// <summary>A command whose parameters <c>$1</c>, <c>$2</c>, ... are set by place; <see cref="With"/> prepares it on first use.</summary>
    /// <remarks>Many of a report's commands are never used by a small one, and there are thousands of small ones.</remarks>
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
        return command;
    }

    public static SqliteCommand With(this SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        command.Prepare(); // does nothing after the first time
        return command;
    }

    public static string? TextOrNull(this SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

    public static DateTimeOffset Instant(this SqliteDataReader reader, int column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(column));
}
