using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using KpiMetrics.Pipeline.Ledger.Claims;

namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>A connection and, where there is one, its transaction; not for use by two threads, and by one reader at a time.</summary>
/// <remarks>Disposing without <see cref="CommitAsync"/> leaves the store as it was.</remarks>
internal abstract class SqlSession(DbConnection connection, DbTransaction? transaction) : IAsyncDisposable
{
    /// <summary>
    /// A statement for any number of rows: <c>{rows}</c> in it stands for a table of them, with the given columns. How many rows it changed. Two rows
    /// must not be of the same key.
    /// </summary>
    /// <param name="rows">In an order that all writers keep, so that they do not wait for each other in a circle.</param>
    /// <param name="returned">Called with every row that the statement returns.</param>
    public abstract Task<int> ApplyAsync(
        string sql,
        IReadOnlyList<SqlColumn> columns,
        IReadOnlyList<object?[]> rows,
        Action<DbDataReader>? returned,
        CancellationToken cancellationToken
    );

    public Task<int> ApplyAsync(
        string sql,
        IReadOnlyList<SqlColumn> columns,
        IReadOnlyList<object?[]> rows,
        CancellationToken cancellationToken
    ) => ApplyAsync(sql, columns, rows, null, cancellationToken);

    public SqlStatement Prepare(string sql)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        return Wrap(command);
    }

    public async Task<int> ExecuteAsync(string sql, IReadOnlyList<object?> values, CancellationToken cancellationToken)
    {
        await using var statement = Prepare(sql);
        return await statement.With(values).ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The whole number that the statement gives; null where it gives no row, or NULL.</summary>
    public async Task<long?> NumberAsync(string sql, IReadOnlyList<object?> values, CancellationToken cancellationToken)
    {
        await using var statement = Prepare(sql);
        return await statement.With(values).ExecuteScalarAsync(cancellationToken) is { } found and not DBNull
            ? Convert.ToInt64(found, CultureInfo.InvariantCulture)
            : null;
    }

    public async Task<List<T>> ReadAsync<T>(
        string sql,
        IReadOnlyList<object?> values,
        Func<DbDataReader, T> read,
        CancellationToken cancellationToken
    )
    {
        await using var statement = Prepare(sql);
        return await statement.ReadAsync(values, read, cancellationToken);
    }

    /// <summary>Leaves a row of the audit trail and gives its number.</summary>
    public async Task<long> AuditAsync(
        DateTimeOffset at,
        string actor,
        string action,
        object details,
        CancellationToken cancellationToken
    ) =>
        await NumberAsync(
            "INSERT INTO audit (at, actor, action, details) VALUES ($1, $2, $3, $4) RETURNING id",
            [at, actor, action, JsonSerializer.Serialize(details, LedgerJson.Options)],
            cancellationToken
        ) ?? throw new InvalidDataException($"The audit row '{action}' was not kept.");

    /// <summary>Makes sure that nobody else has the claim, and can take it before this transaction ends.</summary>
    /// <exception cref="ClaimLostException">Somebody else has it, or had it since.</exception>
    public async Task CheckAsync(Claim? claim, CancellationToken cancellationToken)
    {
        if (claim is null)
            return;
        var held = await NumberAsync(
            $"SELECT 1 FROM claim WHERE name = $1 AND fence = $2 AND holder IS NOT NULL {ForUpdate}",
            [claim.Name, claim.Fence],
            cancellationToken
        );
        if (held is null)
            throw ClaimLostException.Of(claim);
    }

    public virtual async Task CommitAsync(CancellationToken cancellationToken)
    {
        if (transaction is null)
            throw new InvalidOperationException("This session only reads.");
        await transaction.CommitAsync(cancellationToken);
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (transaction is not null)
            await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }

    /// <summary>To stand behind what is read and must not be changed by others until the transaction ends; where one writer has all to himself, nothing.</summary>
    private protected virtual string ForUpdate => "";

    private protected abstract SqlStatement Wrap(DbCommand command);
}
