using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>The ledger's side of publishing.</summary>
public abstract partial class SqlLedger
{
    private static readonly SqlColumn[] PointColumns = SqlColumn.Numbers("series_id", "period", "fields");

    private static readonly SqlColumn[] SeriesColumns =
    [
        .. SqlColumn.Numbers("place"),
        .. SqlColumn.Texts("set_code", "indicator", "measure", "subject", "area", "freq"),
    ];

    public async Task<IReadOnlyList<ChangedKey>> NextChangesAsync(int limit, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.ReadAsync(
            """
            SELECT s.id, s.set_code, s.indicator, s.measure, s.subject, s.area, s.freq, o.period, o.mark, o.marked_at
            FROM outbox o JOIN series s ON s.id = o.series_id
            ORDER BY o.mark, o.series_id, o.period LIMIT $1
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

    public async Task<IReadOnlyList<int>> NumberSeriesAsync(IReadOnlyList<SeriesKey> series, CancellationToken cancellationToken)
    {
        var rows = series
            .Select(
                (key, place) =>
                    (object?[])[place, key.Set, key.Indicator, key.Measure, key.Subject, key.Area, key.Frequency.Code()]
            )
            .ToList();
        var numbers = new int[series.Count];
        // Looked for without a lock first: nearly always all are there.
        await using (var reading = await database.OpenAsync(cancellationToken))
        {
            if (await FindSeriesAsync(reading, rows, numbers, cancellationToken))
                return numbers;
        }
        return await database.WriteAsync(
            [],
            async session =>
            {
                await session.ApplyAsync(
                    """
                    INSERT INTO series (set_code, indicator, measure, subject, area, freq)
                    SELECT set_code, indicator, measure, subject, area, freq FROM {rows} AS r WHERE place IS NOT NULL
                    ON CONFLICT DO NOTHING
                    """,
                    SeriesColumns,
                    [.. rows.Where((_, place) => numbers[place] == 0)],
                    cancellationToken
                );
                return await FindSeriesAsync(session, rows, numbers, cancellationToken)
                    ? numbers
                    : throw new InvalidDataException("A series was not kept.");
            },
            cancellationToken
        );
    }

    public async Task<IReadOnlyList<PublishedPoint>> ReadPublishedAsync(
        int seriesId,
        Period from,
        Period to,
        CancellationToken cancellationToken
    )
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.ReadAsync(
            "SELECT period, fields FROM published WHERE series_id = $1 AND period BETWEEN $2 AND $3 ORDER BY period",
            [seriesId, from.Index, to.Index],
            row => new PublishedPoint(seriesId, Period.FromIndex(from.Frequency, row.GetInt32(0)), row.GetInt32(1)),
            cancellationToken
        );
    }

    public Task IntendAsync(IReadOnlyList<PublishedPoint> points, CancellationToken cancellationToken)
    {
        var fields = new SortedDictionary<(int Series, int Period), int>();
        foreach (var point in points)
        {
            var key = (point.SeriesId, point.Period.Index);
            fields[key] = fields.GetValueOrDefault(key) | point.Fields;
        }
        return database.WriteAsync(
            [],
            session =>
                session.ApplyAsync(
                    """
                    INSERT INTO published SELECT series_id, period, fields FROM {rows} AS r WHERE TRUE
                    ON CONFLICT (series_id, period) DO UPDATE SET fields = published.fields | excluded.fields
                    WHERE published.fields | excluded.fields <> published.fields
                    """,
                    PointColumns,
                    [.. fields.Select(point => (object?[])[point.Key.Series, point.Key.Period, point.Value])],
                    cancellationToken
                ),
            cancellationToken
        );
    }

    public Task ConfirmAsync(
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
                await new SqlConfirmation(session).WriteAsync(points, done, refused, at, cancellationToken);
                return done.Count;
            },
            cancellationToken
        );

    public Task<long> MarkAllAsync(string actor, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.WriteAsync<long>(
            [],
            async session =>
            {
                var mark = await session.AuditAsync(at, actor, "publish rebuild", new { }, cancellationToken);
                return await session.ExecuteAsync(
                    """
                    INSERT INTO outbox SELECT series_id, period, $1, $2 FROM observation WHERE TRUE
                    GROUP BY series_id, period ORDER BY series_id, period
                    ON CONFLICT (series_id, period) DO UPDATE SET mark = excluded.mark, marked_at = excluded.marked_at
                    """,
                    [mark, at],
                    cancellationToken
                );
            },
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
                    INSERT INTO outbox
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
        await using var session = await database.OpenAsync(cancellationToken);
        var status = await session.ReadAsync(
            """
            SELECT (SELECT COUNT(*) FROM outbox), (SELECT MIN(marked_at) FROM outbox),
                (SELECT COUNT(*) FROM published WHERE fields <> 0), (SELECT COUNT(*) FROM refused_point)
            """,
            [],
            row => new OutboxStatus(row.GetInt64(0), row.InstantOrNull(1), row.GetInt64(2), row.GetInt64(3)),
            cancellationToken
        );
        return status[0];
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

    // Whether all were found; numbers of those that were are entered.
    private static async Task<bool> FindSeriesAsync(
        SqlSession session,
        IReadOnlyList<object?[]> rows,
        int[] numbers,
        CancellationToken cancellationToken
    )
    {
        await session.ApplyAsync(
            """
            SELECT place, id FROM {rows} AS r JOIN series AS s ON s.set_code = r.set_code AND s.indicator = r.indicator
                AND s.measure = r.measure AND s.subject = r.subject AND s.area = r.area AND s.freq = r.freq
            """,
            SeriesColumns,
            rows,
            row => numbers[row.GetInt32(0)] = row.GetInt32(1),
            cancellationToken
        );
        return !numbers.Contains(0);
    }
}
