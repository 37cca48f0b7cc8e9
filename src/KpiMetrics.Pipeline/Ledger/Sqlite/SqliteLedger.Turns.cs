using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace KpiMetrics.Pipeline.Ledger.Sqlite;

/// <summary>Who publishes, and what is published again.</summary>
public sealed partial class SqliteLedger
{
    public Task<PublishLease?> TryLeaseAsync(LeaseRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        var (fence, holder, until) = ReadLease(connection, transaction);
        var now = request.At.ToUnixTimeMilliseconds();
        if (holder is not null && until > now && !request.IsGone(holder))
            return Task.FromResult<PublishLease?>(null);
        using var take = connection.Prepare(transaction, "UPDATE publish_lease SET fence = $1, holder = $2, until = $3", 3);
        take.With(fence + 1, request.Holder, (request.At + request.Term).ToUnixTimeMilliseconds()).ExecuteNonQuery();
        using var doubt = connection.Prepare(
            transaction,
            "UPDATE publish_flight SET again_at = $1 WHERE fence <= $2 AND again_at IS NULL",
            2
        );
        doubt.With((request.At + request.Grace).ToUnixTimeMilliseconds(), fence).ExecuteNonQuery();
        transaction.Commit();
        return Task.FromResult<PublishLease?>(new(fence + 1, request.Holder));
    }

    public Task RenewAsync(PublishLease lease, DateTimeOffset until, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        Renew(connection, transaction, lease, until);
        transaction.Commit();
        return Task.CompletedTask;
    }

    public Task GiveBackAsync(PublishLease lease, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        using var give = connection.Prepare(transaction, "UPDATE publish_lease SET holder = NULL WHERE fence = $1", 1);
        if (give.With(lease.Fence).ExecuteNonQuery() > 0)
        {
            using var land = connection.Prepare(transaction, "DELETE FROM publish_flight WHERE fence = $1", 1);
            land.With(lease.Fence).ExecuteNonQuery();
        }
        transaction.Commit();
        return Task.CompletedTask;
    }

    public Task<int> MarkLostFlightsAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        const string Lost = "again_at <= $1";
        // Looked for without a lock first: almost always there are none.
        using (var any = connection.Prepare(null, $"SELECT EXISTS (SELECT 1 FROM publish_flight WHERE {Lost})", 1))
        {
            if (any.With(at.ToUnixTimeMilliseconds()).ExecuteScalar() is 0L)
                return Task.FromResult(0);
        }
        using var transaction = connection.BeginTransaction(deferred: false);
        var points = new HashSet<(int Series, int Period)>();
        using (var find = connection.Prepare(transaction, $"SELECT points FROM publish_flight WHERE {Lost}", 1))
        using (var reader = find.With(at.ToUnixTimeMilliseconds()).ExecuteReader())
        {
            while (reader.Read())
                points.UnionWith(FlightPoints.Read(reader.GetFieldValue<byte[]>(0)));
        }
        MarkAgain(
            connection,
            transaction,
            points.Select(point => (point.Series, point.Period, PublishedPoint.AnyField)),
            points.Count,
            "lease",
            at
        );
        using var forget = connection.Prepare(transaction, $"DELETE FROM publish_flight WHERE {Lost}", 1);
        forget.With(at.ToUnixTimeMilliseconds()).ExecuteNonQuery();
        transaction.Commit();
        return Task.FromResult(points.Count);
    }

    public Task<RebuildMark?> ReadRebuildAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        using var read = connection.Prepare(null, "SELECT mark, marked_at, figures, done FROM publish_rebuild", 0);
        using var reader = read.ExecuteReader();
        return Task.FromResult<RebuildMark?>(
            reader.Read() ? new(reader.GetInt64(0), reader.Instant(1), reader.GetInt64(2), reader.GetString(3)) : null
        );
    }

    public Task AdvanceRebuildAsync(PublishLease lease, RebuildMark mark, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        CheckLease(connection, transaction, lease);
        using var advance =
            mark.Figures > 0
                ? connection
                    .Prepare(transaction, "UPDATE publish_rebuild SET done = $1, figures = $2 WHERE mark = $3", 3)
                    .With(mark.Done, mark.Figures, mark.Mark)
                : connection.Prepare(transaction, "DELETE FROM publish_rebuild WHERE mark = $1", 1).With(mark.Mark);
        advance.ExecuteNonQuery();
        transaction.Commit();
        return Task.CompletedTask;
    }

    public Task<long?> MarkWhereComputedOtherwiseAsync(
        string fingerprint,
        string actor,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        const string Same = "SELECT fingerprint FROM published_by";
        // Looked at without a lock first: a worker that starts must not wait for a running import.
        using (var read = connection.Prepare(null, Same, 0))
        {
            if (read.ExecuteScalar() as string == fingerprint)
                return Task.FromResult<long?>(null);
        }
        using var transaction = connection.BeginTransaction(deferred: false);
        using var again = connection.Prepare(transaction, Same, 0);
        if (again.ExecuteScalar() as string == fingerprint)
            return Task.FromResult<long?>(null);
        using var any = connection.Prepare(transaction, "SELECT EXISTS (SELECT 1 FROM published WHERE fields <> 0)", 0);
        long? marked = any.ExecuteScalar() is 1L ? MarkAll(connection, transaction, actor, at) : null;
        SqliteDatabase.Execute(connection, "DELETE FROM published_by", transaction);
        using var keep = connection.Prepare(transaction, "INSERT INTO published_by VALUES ($1)", 1).With(fingerprint);
        keep.ExecuteNonQuery();
        transaction.Commit();
        return Task.FromResult(marked);
    }

    public Task<bool> HasWorkAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        using var any = connection
            .Prepare(
                null,
                """
                SELECT EXISTS (SELECT 1 FROM outbox) OR EXISTS (SELECT 1 FROM publish_rebuild)
                    OR EXISTS (SELECT 1 FROM publish_flight WHERE again_at <= $1)
                """,
                1
            )
            .With(at.ToUnixTimeMilliseconds());
        return Task.FromResult(any.ExecuteScalar() is not 0L);
    }

    public Task<string?> ReadHolderAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        return Task.FromResult(ReadLease(connection, null).Holder);
    }

    private static (long Fence, string? Holder, long Until) ReadLease(SqliteConnection connection, SqliteTransaction? transaction)
    {
        using var read = connection.Prepare(transaction, "SELECT fence, holder, until FROM publish_lease", 0);
        using var reader = read.ExecuteReader();
        return reader.Read()
            ? (reader.GetInt64(0), reader.TextOrNull(1), reader.GetInt64(2))
            : throw new InvalidDataException("The ledger has lost its row of publish_lease.");
    }

    private static void Renew(
        SqliteConnection connection,
        SqliteTransaction transaction,
        PublishLease lease,
        DateTimeOffset until
    )
    {
        using var renew = connection
            .Prepare(transaction, "UPDATE publish_lease SET until = $1 WHERE fence = $2 AND holder IS NOT NULL", 2)
            .With(until.ToUnixTimeMilliseconds(), lease.Fence);
        if (renew.ExecuteNonQuery() == 0)
            throw Lost(lease);
    }

    private static void CheckLease(SqliteConnection connection, SqliteTransaction transaction, PublishLease lease)
    {
        var (fence, holder, _) = ReadLease(connection, transaction);
        if (fence != lease.Fence || holder is null)
            throw Lost(lease);
    }

    private static LeaseLostException Lost(PublishLease lease) =>
        new($"{lease.Holder} may no longer publish: its lease ran out and passed on.");

    private static long MarkAll(SqliteConnection connection, SqliteTransaction transaction, string actor, DateTimeOffset at)
    {
        var mark = Audit(connection, transaction, "publish rebuild", new { }, actor, at);
        using var count = connection.Prepare(
            transaction,
            "SELECT COUNT(*) FROM (SELECT 1 FROM observation GROUP BY series_id, period)",
            0
        );
        var figures = (long)(count.ExecuteScalar() ?? 0L);
        SqliteDatabase.Execute(connection, "DELETE FROM publish_rebuild", transaction);
        if (figures == 0)
            return 0;
        using var ask = connection.Prepare(transaction, "INSERT INTO publish_rebuild VALUES ($1, $2, $3, '')", 3);
        ask.With(mark, at.ToUnixTimeMilliseconds(), figures).ExecuteNonQuery();
        return figures;
    }

    private static void MarkAgain(
        SqliteConnection connection,
        SqliteTransaction transaction,
        IEnumerable<(int Series, int Period, int Fields)> points,
        int count,
        string actor,
        DateTimeOffset at
    )
    {
        var mark = Audit(connection, transaction, "publish again", new { points = count }, actor, at);
        using var widen = PrepareWiden(connection, transaction);
        using var ask = connection.Prepare(
            transaction,
            "INSERT INTO outbox (series_id, period, mark, marked_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO UPDATE SET mark = excluded.mark",
            4
        );
        foreach (var (series, period, fields) in points)
        {
            if (fields != 0)
                widen.With(series, period, fields).ExecuteNonQuery();
            ask.With(series, period, mark, at.ToUnixTimeMilliseconds()).ExecuteNonQuery();
        }
    }

    private static long Audit<T>(
        SqliteConnection connection,
        SqliteTransaction transaction,
        string action,
        T details,
        string actor,
        DateTimeOffset at
    )
    {
        using var audit = connection
            .Prepare(transaction, "INSERT INTO audit (at, actor, action, details) VALUES ($1, $2, $3, $4) RETURNING id", 4)
            .With(at.ToUnixTimeMilliseconds(), actor, action, JsonSerializer.Serialize(details, LedgerJson.Options));
        return (long)(audit.ExecuteScalar() ?? 0L);
    }
}
