using KpiMetrics.Pipeline.Ledger.Postgres;
using KpiMetrics.Pipeline.Ledger.Sqlite;

namespace KpiMetrics.Pipeline.Ledger.Copying;

/// <summary>Moves an embedded ledger into PostgreSQL: everything that is known, under the same numbers, in one transaction.</summary>
/// <remarks>
/// The file is held for itself meanwhile, so that nothing comes in that would be left behind, and is not changed beyond what opening it by this build
/// does. What is written is read again and compared before it is committed.
/// </remarks>
public static class LedgerCopy
{
    // Progress is told every so many rows.
    private const long Told = 10_000;

    /// <param name="file">The SQLite ledger.</param>
    /// <param name="connectionString">Of a database without a ledger, or with an empty one.</param>
    /// <param name="actor">For the audit row that the copy begins its own history with.</param>
    /// <exception cref="LedgerCopyException">The file is none or in use, the target holds something, or what was written is not what was read.</exception>
    /// <exception cref="InvalidOperationException">One of the two was written by a newer build.</exception>
    public static async Task<LedgerCopyResult> RunAsync(
        string file,
        string connectionString,
        string actor,
        DateTimeOffset at,
        Action<LedgerCopyProgress> progress,
        CancellationToken cancellationToken
    )
    {
        using var source = SqliteCopySource.Open(file, at);
        await using var database = new PostgresDatabase(connectionString);
        await PostgresMigrations.RunAsync(database, at, cancellationToken);
        await using var target = await PostgresCopyTarget.BeginAsync(database, cancellationToken);
        var written = new List<TableDigest>();
        foreach (var table in CopiedTables.All)
            written.Add(await WriteAsync(source, target, table, progress, cancellationToken));
        var counts = new List<CopiedCount>();
        foreach (var (table, digest) in CopiedTables.All.Zip(written))
            counts.Add(await CompareAsync(target, table, digest, progress, cancellationToken));
        var requeued = await target.FinishAsync(source.Flights(), actor, counts.Sum(one => one.Rows), at, cancellationToken);
        return new(file, database.Place, counts, requeued, source.ReplacedTexts);
    }

    private static async Task<TableDigest> WriteAsync(
        SqliteCopySource source,
        PostgresCopyTarget target,
        CopiedTable table,
        Action<LedgerCopyProgress> progress,
        CancellationToken cancellationToken
    )
    {
        var digest = new TableDigest();
        using var rows = source.Read(table);
        var highest = await target.ImportAsync(
            table,
            row =>
            {
                if (!rows.Read(row))
                    return false;
                digest.Add(row);
                Tell(progress, table, digest.Rows, isComparing: false);
                return true;
            },
            cancellationToken
        );
        if (table.IsNumbered)
            await target.AdvanceAsync(table, Math.Max(highest, source.LastGiven(table)), cancellationToken);
        return digest;
    }

    private static async Task<CopiedCount> CompareAsync(
        PostgresCopyTarget target,
        CopiedTable table,
        TableDigest expected,
        Action<LedgerCopyProgress> progress,
        CancellationToken cancellationToken
    )
    {
        var found = new TableDigest();
        await target.ReadAsync(
            table,
            row =>
            {
                found.Add(row);
                Tell(progress, table, found.Rows, isComparing: true);
            },
            cancellationToken
        );
        return found.Rows == expected.Rows && found.Hash == expected.Hash
            ? new(table.Name, found.Rows, found.Hash)
            : throw new LedgerCopyException(
                $"The table {table.Name} came out otherwise than it went in: {expected.Rows} rows {expected.Hash}, in PostgreSQL {found.Rows} rows {found.Hash}."
            );
    }

    private static void Tell(Action<LedgerCopyProgress> progress, CopiedTable table, long rows, bool isComparing)
    {
        if (rows % Told == 0)
            progress(new(table.Name, rows, isComparing));
    }
}
