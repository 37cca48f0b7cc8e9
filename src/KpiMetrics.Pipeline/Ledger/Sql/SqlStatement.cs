using System.Data.Common;
using System.Globalization;

namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>A statement whose parameters <c>$1</c>, <c>$2</c>, ... are set by place, to be executed any number of times.</summary>
internal abstract class SqlStatement(DbCommand command) : IAsyncDisposable
{
    /// <summary>Sets the parameters. Instants become milliseconds, truth 0 or 1.</summary>
    public DbCommand With(IReadOnlyList<object?> values)
    {
        for (var place = command.Parameters.Count; place < values.Count; place++)
            command.Parameters.Add(NewParameter(command, place + 1));
        for (var place = 0; place < values.Count; place++)
            command.Parameters[place].Value = values[place] is decimal exact ? Number(exact) : Stored(values[place]);
        BeforeExecution(command);
        return command;
    }

    public Task<int> ExecuteAsync(IReadOnlyList<object?> values, CancellationToken cancellationToken) =>
        With(values).ExecuteNonQueryAsync(cancellationToken);

    public async Task<List<T>> ReadAsync<T>(
        IReadOnlyList<object?> values,
        Func<DbDataReader, T> read,
        CancellationToken cancellationToken
    )
    {
        await using var reader = await With(values).ExecuteReaderAsync(cancellationToken);
        var found = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
            found.Add(read(reader));
        return found;
    }

    public ValueTask DisposeAsync() => command.DisposeAsync();

    private protected abstract DbParameter NewParameter(DbCommand command, int number);

    private protected virtual void BeforeExecution(DbCommand command) { }

    private protected virtual object Number(decimal value) => value;

    private protected static object Stored(object? value) =>
        value switch
        {
            null => DBNull.Value,
            DateTimeOffset instant => instant.ToUnixTimeMilliseconds(),
            TimeSpan span => (long)span.TotalMilliseconds,
            bool truth => truth ? 1 : 0,
            _ => value,
        };

    /// <summary>Digit for digit.</summary>
    private protected static string Digits(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
