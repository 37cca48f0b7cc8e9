namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>A database that holds a ledger: how it is opened, and the few words that it says in a way of its own.</summary>
internal abstract class SqlDatabase
{
    public abstract string Place { get; }

    /// <summary>Numbers of series that need not be looked for again.</summary>
    public SeriesMemory Series { get; } = new();

    /// <summary>Asks for the number that the next row of the audit trail will have; nobody else is given it.</summary>
    public abstract string NextAuditId { get; }

    /// <summary>The instant by the store's own clock, in milliseconds.</summary>
    public abstract string Now { get; }

    /// <summary>To stand behind what is read to be changed: what another changes just now is passed over; where one writer has all to himself, nothing.</summary>
    public virtual string SkipLocked => "";

    /// <summary>To stand behind the table <c>obligation</c> where what is open is looked for.</summary>
    public virtual string ByOpen => "";

    /// <summary>To stand behind the table <c>obligation</c> where what is due by an instant is looked for.</summary>
    public virtual string ByDue => "";

    /// <summary>A number from its digits as text, as the store keeps numbers.</summary>
    public virtual string Number(string digits) => digits;

    /// <summary>A condition that spares a reader of observations the years it need not look into.</summary>
    /// <param name="first">A parameter, or a column of the rows of a statement.</param>
    public virtual string AndYearBetween(string first, string last) => "";

    /// <summary>Joins to each row what a table has for it, found by its key, however many rows there are: never by reading the whole table.</summary>
    /// <param name="on">Begins with the table's key.</param>
    public virtual string JoinByKey(string table, string alias, string on) => $"JOIN {table} AS {alias} ON {on}";

    /// <summary>For reading; each statement sees what is committed by then.</summary>
    public abstract ValueTask<SqlSession> OpenAsync(CancellationToken cancellationToken);

    /// <summary>For reading; all statements see the same.</summary>
    public abstract ValueTask<SqlSession> OpenSnapshotAsync(CancellationToken cancellationToken);

    /// <summary>For writing, once nobody else holds the locks.</summary>
    public abstract ValueTask<SqlSession> BeginAsync(IReadOnlyList<WriteLock> locks, CancellationToken cancellationToken);

    /// <summary>Does one write and commits it: all of it, or nothing. Where the store gave it up for the sake of another, it is done again from its beginning.</summary>
    public virtual async Task<T> WriteAsync<T>(
        IReadOnlyList<WriteLock> locks,
        Func<SqlSession, Task<T>> write,
        CancellationToken cancellationToken
    )
    {
        await using var session = await BeginAsync(locks, cancellationToken);
        var result = await write(session);
        await session.CommitAsync(cancellationToken);
        return result;
    }

    /// <summary>Executes one statement by itself, and gives up after a second where somebody else is in the way.</summary>
    /// <returns>Whether it was done.</returns>
    public abstract Task<bool> TryExecuteAsync(string sql, IReadOnlyList<object?> values, CancellationToken cancellationToken);
}
