using Npgsql;

namespace KpiMetrics.Pipeline.Ledger.Postgres;

/// <summary>Statements of one transaction that go to the server together, in their order: what is written waits for the next that is read.</summary>
/// <remarks>The way to the server and back costs more than most statements. What one of them says is known only after <see cref="SendAsync"/>.</remarks>
internal sealed class PostgresBatch(NpgsqlConnection connection, NpgsqlTransaction? transaction)
{
    private const string End = "COMMIT";

    private readonly List<(string Sql, object?[] Values, Action<NpgsqlDataReader>? Read)> waiting = [];

    public NpgsqlConnection Connection => connection;

    /// <summary>A statement that gives no rows.</summary>
    public void Add(string sql, params object?[] values) => waiting.Add((sql, values, null));

    /// <summary>A statement that gives rows.</summary>
    /// <param name="read">Called with each of them.</param>
    public void Add(string sql, Action<NpgsqlDataReader> read, params object?[] values) => waiting.Add((sql, values, read));

    /// <summary>Sends all that waits, and reads what it gives.</summary>
    /// <exception cref="PostgresException">The first that failed; those behind it were not executed.</exception>
    public async Task SendAsync(CancellationToken cancellationToken)
    {
        if (waiting.Count == 0)
            return;
        if (transaction is not null && waiting.Exists(one => one.Values.Any(IsMany)))
        {
            waiting.Insert(0, (PostgresDatabase.PlanAnew, [], null));
            if (waiting[^1].Sql != End)
                waiting.Add((PostgresDatabase.PlanAgainOnce, [], null));
        }
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var (sql, values, _) in waiting)
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (var value in values)
                command.Parameters.Add(new() { Value = value ?? DBNull.Value });
            batch.BatchCommands.Add(command);
        }
        var readers = waiting.Select(one => one.Read).OfType<Action<NpgsqlDataReader>>().ToList();
        waiting.Clear();
        // Of statements that give no rows the reader has no result either.
        await using var reader = await ExecuteAsync(batch, cancellationToken);
        foreach (var read in readers)
        {
            while (await reader.ReadAsync(cancellationToken))
                read(reader);
            await reader.NextResultAsync(cancellationToken);
        }
    }

    /// <summary>Sends all that waits, and with it the end of the transaction: where one of them fails, that is not executed either.</summary>
    /// <param name="ended">The batch's own.</param>
    public Task CommitAsync(NpgsqlTransaction ended, CancellationToken cancellationToken)
    {
        if (waiting.Count == 0)
            return ended.CommitAsync(cancellationToken);
        Add(End);
        return SendAsync(cancellationToken);
    }

    private static async Task<NpgsqlDataReader> ExecuteAsync(NpgsqlBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            return await batch.ExecuteReaderAsync(cancellationToken);
        }
        catch (ObjectDisposedException fault)
        {
            // The connection broke at that very moment, and the driver has put it away already.
            throw new NpgsqlException("The connection to PostgreSQL broke.", fault);
        }
    }

    private static bool IsMany(object? value) =>
        value is System.Collections.ICollection { Count: >= PostgresDatabase.Many } and not byte[];

    /// <summary>Sends all that waits and then one more, whose rows it gives.</summary>
    public async Task<List<T>> ReadAsync<T>(
        string sql,
        Func<NpgsqlDataReader, T> read,
        object?[] values,
        CancellationToken cancellationToken
    )
    {
        var rows = new List<T>();
        Add(sql, row => rows.Add(read(row)), values);
        await SendAsync(cancellationToken);
        return rows;
    }
}
