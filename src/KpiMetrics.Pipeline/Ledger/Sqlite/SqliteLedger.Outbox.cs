using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using Microsoft.Data.Sqlite;

namespace KpiMetrics.Pipeline.Ledger.Sqlite;

/// <summary>The ledger's side of publishing.</summary>
public sealed partial class SqliteLedger
{
    public Task<IReadOnlyList<ChangedKey>> NextChangesAsync(int limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        using var command = connection
            .Prepare(
                null,
                """
                SELECT s.id, s.set_code, s.indicator, s.measure, s.subject, s.area, s.freq, o.period, o.mark, o.marked_at
                FROM outbox o JOIN series s ON s.id = o.series_id
                ORDER BY o.urgent DESC, o.mark, o.series_id, o.period LIMIT $1
                """,
                1
            )
            .With(limit);
        using var reader = command.ExecuteReader();
        var keys = new List<ChangedKey>();
        while (reader.Read())
        {
            var (id, series) = SqliteStatements.ReadKey(reader);
            keys.Add(
                new(id, series, Period.FromIndex(series.Frequency, reader.GetInt32(7)), reader.GetInt64(8))
                {
                    MarkedAt = reader.Instant(9),
                }
            );
        }
        return Task.FromResult<IReadOnlyList<ChangedKey>>(keys);
    }

    public Task<IReadOnlyList<int>> NumberSeriesAsync(IReadOnlyList<SeriesKey> series, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        // Looked for without a lock first; a read transaction could not become a writing one while others write.
        using (var read = connection.BeginTransaction(deferred: true))
        using (var known = new SqliteSeriesIds(connection, read))
        {
            var found = series.Select(known.Find).ToList();
            if (!found.Contains(null))
                return Task.FromResult<IReadOnlyList<int>>([.. found.OfType<int>()]);
        }
        using var transaction = connection.BeginTransaction(deferred: false);
        using var ids = new SqliteSeriesIds(connection, transaction);
        var numbers = series.Select(ids.Of).ToList();
        transaction.Commit();
        return Task.FromResult<IReadOnlyList<int>>(numbers);
    }

    public Task<IReadOnlyList<int?>> FindSeriesAsync(IReadOnlyList<SeriesKey> series, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        using var read = connection.BeginTransaction(deferred: true);
        using var known = new SqliteSeriesIds(connection, read);
        return Task.FromResult<IReadOnlyList<int?>>(series.Select(known.Find).ToList());
    }

    public Task<IReadOnlyList<PublishedPoint>> ReadPublishedAsync(
        int seriesId,
        Period from,
        Period to,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        using var command = connection
            .Prepare(
                null,
                "SELECT period, fields FROM published WHERE series_id = $1 AND period BETWEEN $2 AND $3 ORDER BY period",
                3
            )
            .With(seriesId, from.Index, to.Index);
        using var reader = command.ExecuteReader();
        var points = new List<PublishedPoint>();
        while (reader.Read())
            points.Add(new(seriesId, Period.FromIndex(from.Frequency, reader.GetInt32(0)), reader.GetInt32(1)));
        return Task.FromResult<IReadOnlyList<PublishedPoint>>(points);
    }

    public Task IntendAsync(PublishFlight flight, IReadOnlyList<PublishedPoint> gained, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        Renew(connection, transaction, flight.Lease, flight.Until);
        Widen(connection, transaction, gained);
        using var keep = connection.Prepare(transaction, "INSERT INTO publish_flight VALUES ($1, $2, $3, NULL)", 3);
        keep.With(flight.Lease.Fence, flight.Number, FlightPoints.Write(flight.Points)).ExecuteNonQuery();
        transaction.Commit();
        return Task.CompletedTask;
    }

    public Task ConfirmAsync(
        PublishFlight flight,
        IReadOnlyList<PublishedPoint> points,
        IReadOnlyList<ChangedKey> done,
        IReadOnlyList<RefusedPoint> refused,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        Renew(connection, transaction, flight.Lease, flight.Until);
        using var land = connection.Prepare(transaction, "DELETE FROM publish_flight WHERE fence = $1 AND number = $2", 2);
        land.With(flight.Lease.Fence, flight.Number).ExecuteNonQuery();
        Keep(connection, transaction, points);
        using var take = connection.Prepare(
            transaction,
            "DELETE FROM outbox WHERE series_id = $1 AND period = $2 AND mark = $3",
            3
        );
        foreach (var key in done)
            take.With(key.SeriesId, key.Period.Index, key.Mark).ExecuteNonQuery();
        // Entered again below where they are refused again.
        var tried = flight
            .Points.Concat(points)
            .Select(point => (point.SeriesId, point.Period.Index))
            .Concat(done.Select(key => (key.SeriesId, key.Period.Index)));
        ForgetRefusals(connection, transaction, tried);
        using var refuse = connection.Prepare(
            transaction,
            "INSERT INTO refused_point VALUES ($1, $2, $3, $4) ON CONFLICT DO UPDATE SET reason = excluded.reason, refused_at = excluded.refused_at",
            4
        );
        foreach (var point in refused)
            refuse.With(point.SeriesId, point.Period.Index, point.Reason, at.ToUnixTimeMilliseconds()).ExecuteNonQuery();
        transaction.Commit();
        return Task.CompletedTask;
    }

    public Task<long> MarkAllAsync(string actor, DateTimeOffset at, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        var figures = MarkAll(connection, transaction, actor, at);
        transaction.Commit();
        return Task.FromResult(figures);
    }

    public Task MarkAgainAsync(
        IReadOnlyList<PublishedPoint> points,
        string actor,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        MarkAgain(
            connection,
            transaction,
            points.Select(point => (point.SeriesId, point.Period.Index, point.Fields)),
            points.Count,
            actor,
            at
        );
        transaction.Commit();
        return Task.CompletedTask;
    }

    public Task<long> MarkRefusedAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        // Looked at without a lock first: a worker that starts must not wait for a running import to find nothing.
        using var any = connection.Prepare(null, "SELECT EXISTS (SELECT 1 FROM refused_point)", 0);
        if (any.ExecuteScalar() is 0L)
            return Task.FromResult(0L);
        using var transaction = connection.BeginTransaction(deferred: false);
        using var mark = connection
            .Prepare(
                transaction,
                """
                INSERT INTO outbox (series_id, period, mark, marked_at)
                SELECT series_id, period, (SELECT COALESCE(MAX(id), 0) FROM audit), $1 FROM refused_point WHERE true
                ON CONFLICT DO NOTHING
                """,
                1
            )
            .With(at.ToUnixTimeMilliseconds());
        long marked = mark.ExecuteNonQuery();
        transaction.Commit();
        return Task.FromResult(marked);
    }

    public Task<OutboxStatus> ReadStatusAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        using var command = connection.Prepare(
            null,
            """
            SELECT (SELECT COUNT(*) FROM outbox) + (SELECT COALESCE(SUM(figures), 0) FROM publish_rebuild),
                   (SELECT MIN(marked_at) FROM (SELECT marked_at FROM outbox UNION ALL SELECT marked_at FROM publish_rebuild)),
                   (SELECT COUNT(*) FROM published WHERE fields <> 0), (SELECT COUNT(*) FROM refused_point)
            """,
            0
        );
        using var reader = command.ExecuteReader();
        reader.Read();
        return Task.FromResult(
            new OutboxStatus(
                reader.GetInt64(0),
                reader.IsDBNull(1) ? null : reader.Instant(1),
                reader.GetInt64(2),
                reader.GetInt64(3)
            )
        );
    }

    public Task<IReadOnlyList<RefusedPoint>> ReadRefusedAsync(int limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        using var command = connection
            .Prepare(
                null,
                """
                SELECT r.series_id, r.period, r.reason, s.freq FROM refused_point r JOIN series s ON s.id = r.series_id
                ORDER BY r.refused_at DESC, r.series_id, r.period LIMIT $1
                """,
                1
            )
            .With(limit);
        using var reader = command.ExecuteReader();
        var points = new List<RefusedPoint>();
        while (reader.Read())
            points.Add(new(reader.GetInt32(0), PeriodOf(reader.GetString(3), reader.GetInt32(1)), reader.GetString(2)));
        return Task.FromResult<IReadOnlyList<RefusedPoint>>(points);
    }

    private static void Widen(SqliteConnection connection, SqliteTransaction transaction, IReadOnlyList<PublishedPoint> points)
    {
        using var widen = PrepareWiden(connection, transaction);
        foreach (var point in points)
            widen.With(point.SeriesId, point.Period.Index, point.Fields).ExecuteNonQuery();
    }

    private static SqliteCommand PrepareWiden(SqliteConnection connection, SqliteTransaction transaction) =>
        connection.Prepare(
            transaction,
            """
            INSERT INTO published VALUES ($1, $2, $3)
            ON CONFLICT DO UPDATE SET fields = fields | excluded.fields WHERE fields | excluded.fields <> fields
            """,
            3
        );

    private static void Keep(SqliteConnection connection, SqliteTransaction transaction, IReadOnlyList<PublishedPoint> points)
    {
        using var keep = connection.Prepare(
            transaction,
            "INSERT INTO published VALUES ($1, $2, $3) ON CONFLICT DO UPDATE SET fields = excluded.fields WHERE fields <> excluded.fields",
            3
        );
        using var forget = connection.Prepare(transaction, "DELETE FROM published WHERE series_id = $1 AND period = $2", 2);
        foreach (var point in points)
        {
            if (point.Fields == 0)
                forget.With(point.SeriesId, point.Period.Index).ExecuteNonQuery();
            else
                keep.With(point.SeriesId, point.Period.Index, point.Fields).ExecuteNonQuery();
        }
    }

    private static void ForgetRefusals(
        SqliteConnection connection,
        SqliteTransaction transaction,
        IEnumerable<(int Series, int Period)> points
    )
    {
        // Almost always there are none, and many points.
        using var any = connection.Prepare(transaction, "SELECT EXISTS (SELECT 1 FROM refused_point)", 0);
        if (any.ExecuteScalar() is 0L)
            return;
        using var forget = connection.Prepare(transaction, "DELETE FROM refused_point WHERE series_id = $1 AND period = $2", 2);
        foreach (var (series, period) in points)
            forget.With(series, period).ExecuteNonQuery();
    }

    private static Period PeriodOf(string letter, int index) =>
        FrequencyCode.TryParse(letter, out var frequency)
            ? Period.FromIndex(frequency, index)
            : throw new InvalidDataException($"A series has frequency '{letter}'; allowed: {FrequencyCode.Allowed}.");
}
