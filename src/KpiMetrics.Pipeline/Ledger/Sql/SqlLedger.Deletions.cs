using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>What was deleted from InfluxDB and is to be looked at again.</summary>
public abstract partial class SqlLedger
{
    private static readonly SqlColumn[] LookColumns = SqlColumn.Numbers("series_id", "period", "look_at");

    public async Task<IReadOnlyList<DeletedPoint>> NextDeletedAsync(
        DateTimeOffset at,
        int limit,
        CancellationToken cancellationToken
    )
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.ReadAsync(
            """
            SELECT s.id, s.set_code, s.indicator, s.measure, s.subject, s.area, s.freq, d.period, COALESCE(p.fields, 0), d.look_at, d.looks
            FROM publish_deleted d JOIN series s ON s.id = d.series_id
                LEFT JOIN published p ON p.series_id = d.series_id AND p.period = d.period
            WHERE d.look_at <= $1 ORDER BY d.look_at, d.series_id, d.period LIMIT $2
            """,
            [at, limit],
            row =>
            {
                var (id, series) = SqlStatementRows.ReadKey(row);
                return new DeletedPoint(id, series, Period.FromIndex(series.Frequency, row.GetInt32(7)), row.GetInt32(8))
                {
                    LookAt = row.Instant(9),
                    IsLastLook = row.GetInt32(10) > 0,
                };
            },
            cancellationToken
        );
    }

    public Task LookedAtAsync(
        PublishLease lease,
        IReadOnlyList<DeletedPoint> points,
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync(
            [],
            async session =>
            {
                await RenewAsync(session, lease, null, cancellationToken);
                var seen = points
                    .OrderBy(point => (point.SeriesId, point.Period.Index))
                    .ToLookup(point => point.IsLastLook, point => (object?[])[point.SeriesId, point.Period.Index, point.LookAt]);
                await session.ApplyAsync(
                    """
                    DELETE FROM publish_deleted
                    WHERE (series_id, period, look_at) IN (SELECT series_id, period, look_at FROM {rows} AS r)
                    """,
                    LookColumns,
                    [.. seen[true]],
                    cancellationToken
                );
                return await session.ApplyAsync(
                    """
                    UPDATE publish_deleted SET looks = looks + 1, look_at = r.next_at FROM {rows} AS r
                    WHERE publish_deleted.series_id = r.series_id AND publish_deleted.period = r.period
                        AND publish_deleted.look_at = r.look_at
                    """,
                    [.. LookColumns, .. SqlColumn.Numbers("next_at")],
                    [.. seen[false].Select(row => (object?[])[.. row, at + DeletionLooks.Second])],
                    cancellationToken
                );
            },
            cancellationToken
        );

    public Task PutOffLooksAsync(
        PublishLease lease,
        DateTimeOffset at,
        DateTimeOffset until,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync(
            [],
            async session =>
            {
                await RenewAsync(session, lease, null, cancellationToken);
                return await session.ExecuteAsync(
                    "UPDATE publish_deleted SET look_at = $2 WHERE look_at <= $1",
                    [at, until],
                    cancellationToken
                );
            },
            cancellationToken
        );

    // What was refused is where it was, as is known.
    private static Task<int> LookLaterAsync(
        SqlSession session,
        PublishFlight flight,
        IReadOnlyList<RefusedPoint> refused,
        CancellationToken cancellationToken
    )
    {
        var kept = refused.Select(point => (point.SeriesId, point.Period.Index)).ToHashSet();
        return session.ApplyAsync(
            """
            INSERT INTO publish_deleted (series_id, period, look_at) SELECT series_id, period, look_at FROM {rows} AS r WHERE TRUE
            ON CONFLICT (series_id, period) DO UPDATE SET look_at = excluded.look_at, looks = 0
            """,
            LookColumns,
            [
                .. flight
                    .Deleted.Select(point => (point.SeriesId, point.Period.Index))
                    .Where(key => !kept.Contains(key))
                    .Distinct()
                    .Order()
                    .Select(key => (object?[])[key.SeriesId, key.Index, flight.Until + DeletionLooks.First]),
            ],
            cancellationToken
        );
    }
}
