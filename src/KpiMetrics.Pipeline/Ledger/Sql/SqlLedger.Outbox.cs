using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>The ledger's side of publishing.</summary>
public abstract partial class SqlLedger
{
    private static readonly SqlColumn[] PointColumns = SqlColumn.Numbers("series_id", "period", "fields");

    private static readonly SqlColumn[] PublishedColumns = SqlColumn.Numbers("place", "series_id", "first", "last");

    public async Task<IReadOnlyList<ChangedKey>> NextChangesAsync(int limit, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.ReadAsync(
            """
            SELECT s.id, s.set_code, s.indicator, s.measure, s.subject, s.area, s.freq, o.period, o.mark, o.marked_at
            FROM outbox o JOIN series s ON s.id = o.series_id
            ORDER BY o.urgent DESC, o.mark, o.series_id, o.period LIMIT $1
            """,
            [limit],
            row =>
            {
                var (id, series) = SqlStatementRows.ReadKey(row);
                return new ChangedKey(id, series, Period.FromIndex(series.Frequency, row.GetInt32(7)), row.GetInt64(8))
                {
                    MarkedAt = row.Instant(9),
                };
            },
            cancellationToken
        );
    }

    public async Task<IReadOnlyList<int?>> FindSeriesAsync(IReadOnlyList<SeriesKey> series, CancellationToken cancellationToken)
    {
        var numbers = new int?[series.Count];
        var places = new List<int>();
        for (var place = 0; place < series.Count; place++)
        {
            if (database.Series.TryFind(series[place], out var number))
                numbers[place] = number;
            else
                places.Add(place);
        }
        if (places.Count == 0)
            return numbers;
        await using var session = await database.OpenAsync(cancellationToken);
        await SqlSeriesNumbers.FindAsync(session, places.ConvertAll(place => series[place]), Found, cancellationToken);
        return numbers;

        void Found(int place, int number)
        {
            numbers[places[place]] = number;
            database.Series.Remember(series[places[place]], number);
        }
    }

    public async Task<IReadOnlyList<int>> NumberSeriesAsync(IReadOnlyList<SeriesKey> series, CancellationToken cancellationToken)
    {
        // Looked for without a lock first: nearly always all are there.
        var found = await FindSeriesAsync(series, cancellationToken);
        if (!found.Contains(null))
            return [.. found.OfType<int>()];
        return await database.WriteAsync(
            [],
            async session =>
            {
                await session.ApplyAsync(
                    """
                    INSERT INTO series (set_code, indicator, measure, subject, area, freq)
                    SELECT set_code, indicator, measure, subject, area, freq FROM {rows} AS r WHERE place IS NOT NULL
                    ORDER BY set_code, indicator, measure, subject, area, freq
                    ON CONFLICT DO NOTHING
                    """,
                    SqlSeriesNumbers.Columns,
                    [.. series.Select(SqlSeriesNumbers.Row).Where((_, place) => found[place] is null)],
                    cancellationToken
                );
                var numbers = new int[series.Count];
                await SqlSeriesNumbers.FindAsync(session, series, (place, number) => numbers[place] = number, cancellationToken);
                return numbers.Contains(0) ? throw new InvalidDataException("A series was not kept.") : numbers;
            },
            cancellationToken
        );
    }

    public async Task<IReadOnlyList<PublishedPoint>> ReadPublishedAsync(
        IReadOnlyList<PublishedStretch> stretches,
        CancellationToken cancellationToken
    )
    {
        var found = new List<PublishedPoint>();
        await using var session = await database.OpenAsync(cancellationToken);
        await session.ApplyAsync(
            """
            SELECT r.place, p.period, p.fields FROM {rows} AS r
                JOIN published AS p ON p.series_id = r.series_id AND p.period BETWEEN r.first AND r.last
            """,
            PublishedColumns,
            [.. stretches.Select((stretch, place) => (object?[])[place, stretch.SeriesId, stretch.From.Index, stretch.To.Index])],
            row =>
            {
                var (series, from, _) = stretches[row.GetInt32(0)];
                found.Add(new(series, Period.FromIndex(from.Frequency, row.GetInt32(1)), row.GetInt32(2)));
            },
            cancellationToken
        );
        return found;
    }

    public Task IntendAsync(PublishFlight flight, IReadOnlyList<PublishedPoint> gained, CancellationToken cancellationToken) =>
        database.WriteAsync(
            [],
            async session =>
            {
                await RenewAsync(session, flight.Lease, flight.Until, cancellationToken);
                await WidenAsync(
                    session,
                    gained.Select(point => (point.SeriesId, point.Period.Index, point.Fields)),
                    cancellationToken
                );
                var (points, fields) = FlightPoints.Write(flight.Points);
                return await session.ExecuteAsync(
                    "INSERT INTO publish_flight (fence, number, points, fields) VALUES ($1, $2, $3, $4)",
                    [flight.Lease.Fence, flight.Number, points, fields],
                    cancellationToken
                );
            },
            cancellationToken
        );

    public Task ConfirmAsync(
        PublishFlight flight,
        IReadOnlyList<PublishedPoint> points,
        IReadOnlyList<ChangedKey> done,
        IReadOnlyList<RefusedPoint> refused,
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync(
            [],
            async session =>
            {
                await RenewAsync(session, flight.Lease, flight.Until, cancellationToken);
                await session.ExecuteAsync(
                    "DELETE FROM publish_flight WHERE fence = $1 AND number = $2",
                    [flight.Lease.Fence, flight.Number],
                    cancellationToken
                );
                await new SqlConfirmation(session).WriteAsync(flight.Points, points, done, refused, at, cancellationToken);
                await LookLaterAsync(session, flight, refused, cancellationToken);
                return done.Count;
            },
            cancellationToken
        );

    public Task<long> MarkAllAsync(string actor, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.WriteAsync([], session => MarkAllAsync(session, actor, at, cancellationToken), cancellationToken);

    public Task MarkAgainAsync(
        IReadOnlyList<PublishedPoint> points,
        string actor,
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync(
            [],
            session =>
                MarkAgainAsync(
                    session,
                    points.Select(point => (point.SeriesId, point.Period.Index, point.Fields)),
                    actor,
                    at,
                    cancellationToken
                ),
            cancellationToken
        );

    public async Task<long> MarkRefusedAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        // Looked at without a lock first: a worker that starts must not wait for a running import to find nothing.
        await using (var reading = await database.OpenAsync(cancellationToken))
        {
            if (await reading.NumberAsync("SELECT 1 FROM refused_point LIMIT 1", [], cancellationToken) is null)
                return 0;
        }
        return await database.WriteAsync<long>(
            [],
            async session =>
                await session.ExecuteAsync(
                    """
                    INSERT INTO outbox (series_id, period, mark, marked_at)
                    SELECT series_id, period, (SELECT COALESCE(MAX(id), 0) FROM audit), $1 FROM refused_point WHERE TRUE
                    ON CONFLICT DO NOTHING
                    """,
                    [at],
                    cancellationToken
                ),
            cancellationToken
        );
    }

    public async Task<OutboxStatus> ReadStatusAsync(CancellationToken cancellationToken)
    {
        await using var session = await database.OpenSnapshotAsync(cancellationToken);
        var (waiting, oldest, refused) = await ReadWaitingAsync(session, cancellationToken);
        const string Published = "SELECT COUNT(*) FROM published WHERE fields <> 0";
        return new(waiting, oldest, await session.NumberAsync(Published, [], cancellationToken) ?? 0, refused);
    }

    public async Task<OutboxWaiting> ReadWaitingAsync(CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await ReadWaitingAsync(session, cancellationToken);
    }

    private static async Task<OutboxWaiting> ReadWaitingAsync(SqlSession session, CancellationToken cancellationToken)
    {
        var waiting = await session.ReadAsync(
            """
            SELECT (SELECT COUNT(*) FROM outbox) + (SELECT CAST(COALESCE(SUM(figures), 0) AS BIGINT) FROM publish_rebuild),
                (SELECT MIN(marked_at) FROM (SELECT marked_at FROM outbox UNION ALL SELECT marked_at FROM publish_rebuild) AS w),
                (SELECT COUNT(*) FROM refused_point)
            """,
            [],
            row => new OutboxWaiting(row.GetInt64(0), row.InstantOrNull(1), row.GetInt64(2)),
            cancellationToken
        );
        return waiting[0];
    }

    public async Task<IReadOnlyList<RefusedPoint>> ReadRefusedAsync(int limit, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.ReadAsync(
            """
            SELECT r.series_id, r.period, r.reason, s.freq FROM refused_point r JOIN series s ON s.id = r.series_id
            ORDER BY r.refused_at DESC, r.series_id, r.period LIMIT $1
            """,
            [limit],
            row => new RefusedPoint(row.GetInt32(0), Period.FromIndex(row.Frequency(3), row.GetInt32(1)), row.GetString(2)),
            cancellationToken
        );
    }
}
