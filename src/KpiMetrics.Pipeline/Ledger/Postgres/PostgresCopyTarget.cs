using System.Globalization;
using KpiMetrics.Pipeline.Ledger.Copying;
using KpiMetrics.Pipeline.Ledger.Sql;
using Npgsql;
using NpgsqlTypes;

namespace KpiMetrics.Pipeline.Ledger.Postgres;

/// <summary>An empty ledger that another one is copied into: one transaction, which nobody else can write in between.</summary>
/// <remarks>Disposing before <see cref="FinishAsync"/> leaves it empty; so does a crash.</remarks>
internal sealed class PostgresCopyTarget : IAsyncDisposable
{
    private readonly PostgresSession session;

    private PostgresCopyTarget(PostgresSession session) => this.session = session;

    /// <exception cref="LedgerCopyException">The ledger is not empty, or a worker runs on it.</exception>
    public static async Task<PostgresCopyTarget> BeginAsync(PostgresDatabase database, CancellationToken cancellationToken)
    {
        var writing = await database.BeginAsync([WriteLock.Migration], cancellationToken);
        var target = new PostgresCopyTarget((PostgresSession)writing);
        try
        {
            await target.CheckAsync(database, cancellationToken);
            return target;
        }
        catch
        {
            await target.DisposeAsync();
            throw;
        }
    }

    /// <summary>Binary COPY of all rows.</summary>
    /// <param name="next">Puts the next row into the given one; false where there is none any more.</param>
    /// <returns>The highest number that a row has, where the table is numbered.</returns>
    public async Task<long> ImportAsync(CopiedTable table, Func<CopiedRow, bool> next, CancellationToken cancellationToken)
    {
        var row = new CopiedRow(table);
        var highest = 0L;
        var sql = $"COPY {table.Name} ({Columns(table, column => column.Name)}) FROM STDIN (FORMAT BINARY)";
        await using var copy = await session.Connection.BeginBinaryImportAsync(sql, cancellationToken);
        while (next(row))
        {
            await copy.StartRowAsync(cancellationToken);
            for (var column = 0; column < table.Columns.Count; column++)
                await WriteAsync(copy, row, column, table.Columns[column].Kind, cancellationToken);
            if (table.IsNumbered)
                highest = Math.Max(highest, row.Number(0));
        }
        await copy.CompleteAsync(cancellationToken);
        return highest;
    }

    /// <summary>Numbers from here on are higher than those there are, and than any that the ledger ever gave.</summary>
    public Task AdvanceAsync(CopiedTable table, long highest, CancellationToken cancellationToken) =>
        highest == 0
            ? Task.CompletedTask
            : session.ExecuteAsync(
                $"SELECT setval(pg_get_serial_sequence('{table.Name}', '{table.Columns[0].Name}'), $1)",
                [highest],
                cancellationToken
            );

    /// <summary>Reads all rows as they are kept now, in any order.</summary>
    public async Task ReadAsync(CopiedTable table, Action<CopiedRow> read, CancellationToken cancellationToken)
    {
        var row = new CopiedRow(table);
        var sql =
            $"SELECT {Columns(table, column => column.Kind == CopiedKind.Digits ? $"{column.Name}::text" : column.Name)} FROM {table.Name}";
        await using var command = new NpgsqlCommand(sql, session.Connection, session.Transaction);
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            row.Clear();
            for (var column = 0; column < table.Columns.Count; column++)
                Read(reader, row, column, table.Columns[column].Kind);
            read(row);
        }
    }

    /// <summary>Leaves the row of the audit trail, has what was on its way published again, and commits all.</summary>
    /// <returns>How many points are published again.</returns>
    public async Task<int> FinishAsync(
        IReadOnlySet<(int Series, int Period)> flights,
        string actor,
        long rows,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        await session.AuditAsync(at, actor, "ledger copy", new { from = "sqlite", rows }, cancellationToken);
        if (flights.Count > 0)
            await SqlLedger.MarkAgainAsync(
                session,
                flights.Select(point => (point.Series, point.Period, PublishedPoint.AnyField)),
                actor,
                at,
                cancellationToken
            );
        // Without figures about them the planner would go through whole tables until the server gets round to it by itself.
        await using (var analyze = new NpgsqlCommand($"ANALYZE {Names()}", session.Connection, session.Transaction))
        {
            analyze.CommandTimeout = 0;
            await analyze.ExecuteNonQueryAsync(cancellationToken);
        }
        await session.CommitAsync(cancellationToken);
        return flights.Count;
    }

    public ValueTask DisposeAsync() => session.DisposeAsync();

    private async Task CheckAsync(PostgresDatabase database, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync($"LOCK TABLE {Names()} IN EXCLUSIVE MODE", [], cancellationToken);
        var found = new List<string>();
        foreach (var table in CopiedTables.All.Select(one => one.Name).Append(CopiedTables.Flights))
        {
            if (table == CopiedTables.Identity)
                continue; // made with the schema
            var rows = await session.NumberAsync($"SELECT COUNT(*) FROM {table}", [], cancellationToken) ?? 0;
            if (rows > 0)
                found.Add(string.Create(CultureInfo.InvariantCulture, $"{table} {rows}"));
        }
        if (found.Count > 0)
            throw new LedgerCopyException(
                $"{database.Place} already holds a ledger (rows: {string.Join(", ", found)}); a copy needs an empty database."
            );
        var running = $"SELECT COUNT(*) FROM claim WHERE holder IS NOT NULL AND until_at > {database.Now}";
        if (await session.NumberAsync(running, [], cancellationToken) > 0)
            throw new LedgerCopyException($"A worker runs on {database.Place}: stop it first.");
        await session.ExecuteAsync($"DELETE FROM {CopiedTables.Identity}", [], cancellationToken);
    }

    private static async ValueTask WriteAsync(
        NpgsqlBinaryImporter copy,
        CopiedRow row,
        int column,
        CopiedKind kind,
        CancellationToken cancellationToken
    )
    {
        if (row.IsNull(column))
        {
            await copy.WriteNullAsync(cancellationToken);
            return;
        }
        await (
            kind switch
            {
                CopiedKind.Int or CopiedKind.Year => copy.WriteAsync(
                    (int)row.Number(column),
                    NpgsqlDbType.Integer,
                    cancellationToken
                ),
                CopiedKind.Long => copy.WriteAsync(row.Number(column), NpgsqlDbType.Bigint, cancellationToken),
                CopiedKind.Digits => copy.WriteAsync(
                    decimal.Parse(row.Bytes(column).Span, NumberStyles.Number, CultureInfo.InvariantCulture),
                    NpgsqlDbType.Numeric,
                    cancellationToken
                ),
                _ => copy.WriteAsync(
                    (ReadOnlyMemory<byte>)row.Bytes(column),
                    kind == CopiedKind.Text ? NpgsqlDbType.Text : NpgsqlDbType.Bytea,
                    cancellationToken
                ),
            }
        );
    }

    private static void Read(NpgsqlDataReader reader, CopiedRow row, int column, CopiedKind kind)
    {
        if (reader.IsDBNull(column))
            row.SetNull(column);
        else if (kind is CopiedKind.Int or CopiedKind.Year)
            row.Set(column, reader.GetInt32(column));
        else if (kind == CopiedKind.Long)
            row.Set(column, reader.GetInt64(column));
        else if (kind == CopiedKind.Bytes)
            row.Set(column, reader.GetFieldValue<byte[]>(column));
        else
            row.Set(column, reader.GetString(column));
    }

    private static string Columns(CopiedTable table, Func<CopiedColumn, string> shown) =>
        string.Join(", ", table.Columns.Select(shown));

    private static string Names() => string.Join(", ", CopiedTables.All.Select(table => table.Name));
}
