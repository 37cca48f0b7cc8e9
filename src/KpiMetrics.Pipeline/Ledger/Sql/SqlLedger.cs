using System.Data.Common;
using System.Runtime.CompilerServices;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Obligations;

namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>What ledgers in databases have in common: statements that all of them understand. What differs is <see cref="SqlDatabase"/>'s.</summary>
public abstract partial class SqlLedger : ILedgerStore
{
    private const int KeysAtOnce = 1000;

    private readonly SqlDatabase database;

    private protected SqlLedger(SqlDatabase database) => this.database = database;

    public string Place => database.Place;

    public abstract Task<IReadOnlyList<string>> MigrateAsync(DateTimeOffset at, CancellationToken cancellationToken);

    public virtual Task<bool> KeepCatalogAsync(
        CatalogSnapshot catalog,
        Func<string, string, bool> isAsked,
        CancellationToken cancellationToken
    ) => Task.FromResult(false);

    public abstract Task<IReportTransaction> BeginAsync(ReportHeader header, CancellationToken cancellationToken);

    public async IAsyncEnumerable<SeriesStatements> ReadAsync(
        FigureQuery query,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var snapshot = await OpenSnapshotAsync(query.AsOf, cancellationToken);
        var waiting = new List<SeriesStretch>();
        await foreach (var key in snapshot.ReadKeysAsync(query, cancellationToken))
        {
            waiting.Add(new(key));
            if (waiting.Count < KeysAtOnce)
                continue;
            await foreach (var series in ReadAsync(snapshot, waiting, cancellationToken))
                yield return series;
            waiting.Clear();
        }
        await foreach (var series in ReadAsync(snapshot, waiting, cancellationToken))
            yield return series;
    }

    public async Task<ILedgerSnapshot> OpenSnapshotAsync(DateTimeOffset? asOf, CancellationToken cancellationToken) =>
        new SqlSnapshot(database, await database.OpenSnapshotAsync(cancellationToken), asOf);

    public async Task<IReadOnlyList<string>> ReadTakenFilesAsync(string set, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.ReadAsync(
            "SELECT file FROM taken_file WHERE set_code = $1",
            [set],
            row => row.GetString(0),
            cancellationToken
        );
    }

    public async Task ForgetTakenFileAsync(string set, string file, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        await session.ExecuteAsync("DELETE FROM taken_file WHERE set_code = $1 AND file = $2", [set, file], cancellationToken);
    }

    public async Task<IReadOnlyList<AuditEntry>> ReadAuditAsync(int limit, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.ReadAsync(
            "SELECT at, actor, action, details FROM audit ORDER BY id DESC LIMIT $1",
            [limit],
            row => new AuditEntry(row.Instant(0), row.GetString(1), row.GetString(2), row.GetString(3)),
            cancellationToken
        );
    }

    public async Task<string?> FindFaultAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Busy: somebody writes, so it can be written to.
            await database.TryExecuteAsync("UPDATE ledger_identity SET id = id", [], cancellationToken);
            return null;
        }
        catch (Exception fault) when (fault is DbException or IOException)
        {
            return fault.Message;
        }
    }

    private static async IAsyncEnumerable<SeriesStatements> ReadAsync(
        ILedgerSnapshot snapshot,
        List<SeriesStretch> stretches,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        foreach (var some in StretchChunks.Of(stretches))
        {
            foreach (var series in await snapshot.ReadAsync(some, cancellationToken))
            {
                if (series is not null)
                    yield return series;
            }
        }
    }

    /// <summary>Works out anew what became of obligations, from the statements as the session sees them; those that do not exist are passed over.</summary>
    private protected abstract Task FulfilAsync(
        SqlSession session,
        IReadOnlyCollection<(Duty Duty, int Period, string Area)> obligations,
        CancellationToken cancellationToken
    );
}
