using KpiMetrics.Pipeline.Ledger.Claims;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using KpiMetrics.Core.Figures;

namespace KpiMetrics.Pipeline.Ledger.Sqlite;

/// <summary>The ledger in one SQLite file: the embedded default.</summary>
/// <param name="path">The file; its folder must exist. Created by <see cref="MigrateAsync"/>.</param>
public sealed partial class SqliteLedger(string path)
    : ILedger,
        IOutbox,
        ITakenFiles,
        IPlans,
        IObligations,
        IAskings,
        IClaims,
        IEmergencies,
        ITokens,
        IPushReceipts,
        IWritable
{
    private readonly SqliteDatabase database = new(path);
    private readonly ConcurrentDictionary<SeriesKey, int> seriesIds = [];

    public Task<IReadOnlyList<string>> MigrateAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        var steps = SqliteMigrations.Run(connection, at);
        database.CheckIdentity();
        return Task.FromResult(steps);
    }

    public Task<IReportTransaction> BeginAsync(ReportHeader header, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        database.CheckIdentity();
        var connection = database.Open();
        try
        {
            return Task.FromResult<IReportTransaction>(new SqliteReportTransaction(connection, header, seriesIds));
        }
        catch
        {
            connection.Dispose(); // rolls back: a connection left to the collector would keep the write lock
            throw;
        }
    }

    public async IAsyncEnumerable<SeriesStatements> ReadAsync(
        FigureQuery query,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var snapshot = new SqliteSnapshot(database.Open(), query.AsOf);
        await foreach (var key in snapshot.ReadKeysAsync(query, cancellationToken))
        {
            if (await snapshot.ReadAsync(key, null, null, cancellationToken) is { } series)
                yield return series;
        }
    }

    public Task<ILedgerSnapshot> OpenSnapshotAsync(DateTimeOffset? asOf, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<ILedgerSnapshot>(new SqliteSnapshot(database.Open(), asOf));
    }

    public Task<IReadOnlyList<string>> ReadTakenFilesAsync(string set, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        using var command = connection.Prepare(null, "SELECT file FROM taken_file WHERE set_code = $1", 1).With(set);
        using var reader = command.ExecuteReader();
        var files = new List<string>();
        while (reader.Read())
            files.Add(reader.GetString(0));
        return Task.FromResult<IReadOnlyList<string>>(files);
    }

    public Task ForgetTakenFileAsync(string set, string file, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        using var command = connection
            .Prepare(null, "DELETE FROM taken_file WHERE set_code = $1 AND file = $2", 2)
            .With(set, file);
        command.ExecuteNonQuery();
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<AuditEntry>> ReadAuditAsync(int limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        using var command = connection
            .Prepare(null, "SELECT at, actor, action, details FROM audit ORDER BY id DESC LIMIT $1", 1)
            .With(limit);
        using var reader = command.ExecuteReader();
        var entries = new List<AuditEntry>();
        while (reader.Read())
            entries.Add(new(reader.Instant(0), reader.GetString(1), reader.GetString(2), reader.GetString(3)));
        return Task.FromResult<IReadOnlyList<AuditEntry>>(entries);
    }
}
