using System.Data.Common;

namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>Who publishes, and what is published again.</summary>
public abstract partial class SqlLedger
{
    // In milliseconds. A rest that seems longer was written by a clock that was ahead.
    private static readonly long LongestRest = (long)IPublishTurns.LongestRest.TotalMilliseconds;

    private static readonly SqlColumn[] MarkColumns = SqlColumn.Numbers("series_id", "period", "mark", "marked_at");

    public Task<PublishLease?> TryLeaseAsync(LeaseRequest request, CancellationToken cancellationToken) =>
        database.WriteAsync(
            [],
            async session =>
            {
                var (fence, holder, until) = await ReadLeaseAsync(session, cancellationToken);
                var left = until - request.At.ToUnixTimeMilliseconds();
                if (holder is null ? left > 0 && left <= LongestRest : left > 0 && !request.IsGone(holder))
                    return null;
                // Only from the one that was seen: it may have been renewed, given back or taken meanwhile.
                var taken = await session.ExecuteAsync(
                    "UPDATE publish_lease SET fence = $1, holder = $2, until = $3 WHERE fence = $4 AND until = $5",
                    [fence + 1, request.Holder, request.At + request.Term, fence, until],
                    cancellationToken
                );
                if (taken == 0)
                    return null;
                await LoseFlightsAsync(session, fence, request.At + request.Grace, cancellationToken);
                return new PublishLease(fence + 1, request.Holder);
            },
            cancellationToken
        );

    public Task RenewAsync(PublishLease lease, DateTimeOffset until, CancellationToken cancellationToken) =>
        database.WriteAsync([], session => RenewAsync(session, lease, until, cancellationToken), cancellationToken);

    public Task<bool> GiveBackAsync(
        PublishLease lease,
        DateTimeOffset again,
        DateTimeOffset rest,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync(
            [],
            async session =>
            {
                var given = await session.ExecuteAsync(
                    "UPDATE publish_lease SET holder = NULL, until = $1 WHERE fence = $2",
                    [rest, lease.Fence],
                    cancellationToken
                );
                if (given > 0)
                    await LoseFlightsAsync(session, lease.Fence, again, cancellationToken);
                return given > 0;
            },
            cancellationToken
        );

    public Task DoubtAsync(
        IReadOnlyList<PublishFlight> flights,
        DateTimeOffset at,
        DateTimeOffset again,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync(
            [],
            async session =>
            {
                foreach (var flight in flights)
                {
                    var (points, fields) = FlightPoints.Write(flight.Points);
                    await session.ExecuteAsync(
                        """
                        INSERT INTO publish_flight (fence, number, points, fields, again_at) VALUES ($1, $2, $3, $4, $5)
                        ON CONFLICT (fence, number) DO UPDATE SET again_at = excluded.again_at, looks = 0
                        """,
                        [flight.Lease.Fence, flight.Number, points, fields, again],
                        cancellationToken
                    );
                }
                var doubtful = flights.SelectMany(flight =>
                    flight.Points.Select(point => (point.SeriesId, point.Period.Index, point.Fields))
                );
                return await MarkAgainAsync(session, doubtful, "lease", at, cancellationToken);
            },
            cancellationToken
        );

    public async Task<int> MarkLostFlightsAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        // Looked for without a lock first: almost always there are none.
        await using (var reading = await database.OpenAsync(cancellationToken))
        {
            const string Any = "SELECT 1 FROM publish_flight WHERE again_at <= $1 LIMIT 1";
            if (await reading.NumberAsync(Any, [at], cancellationToken) is null)
                return 0;
        }
        return await database.WriteAsync(
            [],
            async session =>
            {
                var last = await session.ReadAsync(
                    "DELETE FROM publish_flight WHERE again_at <= $1 AND looks >= 2 RETURNING points, fields",
                    [at],
                    ReadFlight,
                    cancellationToken
                );
                var others = await session.ReadAsync(
                    """
                    UPDATE publish_flight SET looks = looks + 1, again_at = CASE looks WHEN 0 THEN $2 ELSE $3 END
                    WHERE again_at <= $1 RETURNING points, fields
                    """,
                    [at, at + FlightLooks.Second, at + FlightLooks.Third],
                    ReadFlight,
                    cancellationToken
                );
                return await MarkAgainAsync(
                    session,
                    last.Concat(others).SelectMany(points => points),
                    "lease",
                    at,
                    cancellationToken
                );
            },
            cancellationToken
        );
    }

    public async Task<RebuildMark?> ReadRebuildAsync(CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        var found = await session.ReadAsync(
            "SELECT mark, marked_at, figures, done FROM publish_rebuild",
            [],
            row => new RebuildMark(row.GetInt64(0), row.Instant(1), row.GetInt64(2), row.GetString(3)),
            cancellationToken
        );
        return found.SingleOrDefault();
    }

    public Task AdvanceRebuildAsync(PublishLease lease, RebuildMark mark, CancellationToken cancellationToken) =>
        database.WriteAsync(
            [],
            async session =>
            {
                await RenewAsync(session, lease, null, cancellationToken);
                return mark.Figures > 0
                    ? await session.ExecuteAsync(
                        "UPDATE publish_rebuild SET done = $1, figures = $2 WHERE mark = $3",
                        [mark.Done, mark.Figures, mark.Mark],
                        cancellationToken
                    )
                    : await session.ExecuteAsync("DELETE FROM publish_rebuild WHERE mark = $1", [mark.Mark], cancellationToken);
            },
            cancellationToken
        );

    public async Task<long?> MarkWhereComputedOtherwiseAsync(
        string fingerprint,
        string actor,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        // Looked at without a lock first: a worker that starts must not wait for a running import.
        await using (var reading = await database.OpenAsync(cancellationToken))
        {
            if (await IsSameAsync(reading))
                return null;
        }
        return await database.WriteAsync<long?>(
            [],
            async session =>
            {
                if (await IsSameAsync(session))
                    return null;
                const string Any = "SELECT 1 FROM published WHERE fields <> 0 LIMIT 1";
                long? marked = await session.NumberAsync(Any, [], cancellationToken) is null
                    ? null
                    : await MarkAllAsync(session, actor, at, cancellationToken);
                await session.ExecuteAsync("DELETE FROM published_by", [], cancellationToken);
                await session.ExecuteAsync("INSERT INTO published_by VALUES ($1)", [fingerprint], cancellationToken);
                return marked;
            },
            cancellationToken
        );

        async Task<bool> IsSameAsync(SqlSession session) =>
            await session.NumberAsync("SELECT 1 FROM published_by WHERE fingerprint = $1", [fingerprint], cancellationToken)
                is not null;
    }

    public async Task<bool> HasWorkAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.NumberAsync(
            """
            SELECT 1 WHERE (EXISTS (SELECT 1 FROM outbox) OR EXISTS (SELECT 1 FROM publish_rebuild)
                OR EXISTS (SELECT 1 FROM publish_flight WHERE again_at <= $1)
                OR EXISTS (SELECT 1 FROM publish_deleted WHERE look_at <= $1))
                AND NOT EXISTS (SELECT 1 FROM publish_lease WHERE holder IS NULL AND until > $1 AND until - $1 <= $2)
            """,
            [at, LongestRest],
            cancellationToken
        )
            is not null;
    }

    public async Task<string?> ReadHolderAsync(CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return (await ReadLeaseAsync(session, cancellationToken)).Holder;
    }

    private static async Task<(long Fence, string? Holder, long Until)> ReadLeaseAsync(
        SqlSession session,
        CancellationToken cancellationToken
    )
    {
        var found = await session.ReadAsync(
            "SELECT fence, holder, until FROM publish_lease",
            [],
            row => (row.GetInt64(0), row.TextOrNull(1), row.GetInt64(2)),
            cancellationToken
        );
        return found is [var lease] ? lease : throw new InvalidDataException("The ledger has lost its row of publish_lease.");
    }

    // What was not confirmed by now may or may not have arrived, or be on its way.
    private static Task<int> LoseFlightsAsync(
        SqlSession session,
        long fence,
        DateTimeOffset again,
        CancellationToken cancellationToken
    ) =>
        session.ExecuteAsync(
            "UPDATE publish_flight SET again_at = $1 WHERE fence <= $2 AND again_at IS NULL",
            [again, fence],
            cancellationToken
        );

    private static List<(int Series, int Period, int Fields)> ReadFlight(DbDataReader row) =>
        [.. FlightPoints.Read(row.GetFieldValue<byte[]>(0), row.IsDBNull(1) ? null : row.GetFieldValue<byte[]>(1))];

    // Checks the fence, and keeps the row from being taken until the transaction ends.
    private static async Task<int> RenewAsync(
        SqlSession session,
        PublishLease lease,
        DateTimeOffset? until,
        CancellationToken cancellationToken
    )
    {
        var renewed = until is { } later
            ? await session.ExecuteAsync(
                "UPDATE publish_lease SET until = $1 WHERE fence = $2 AND holder IS NOT NULL",
                [later, lease.Fence],
                cancellationToken
            )
            : await session.ExecuteAsync(
                "UPDATE publish_lease SET until = until WHERE fence = $1 AND holder IS NOT NULL",
                [lease.Fence],
                cancellationToken
            );
        return renewed > 0
            ? renewed
            : throw new LeaseLostException($"{lease.Holder} may no longer publish: its lease ran out and passed on.");
    }

    private static async Task<long> MarkAllAsync(
        SqlSession session,
        string actor,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var mark = await session.AuditAsync(at, actor, "publish rebuild", new { }, cancellationToken);
        var figures =
            await session.NumberAsync(
                "SELECT COUNT(*) FROM (SELECT 1 FROM observation GROUP BY series_id, period) AS f",
                [],
                cancellationToken
            ) ?? 0;
        await session.ExecuteAsync("DELETE FROM publish_rebuild", [], cancellationToken);
        if (figures > 0)
            await session.ExecuteAsync(
                "INSERT INTO publish_rebuild VALUES ($1, $2, $3, '')",
                [mark, at, figures],
                cancellationToken
            );
        return figures;
    }

    internal static async Task<int> MarkAgainAsync(
        SqlSession session,
        IEnumerable<(int Series, int Period, int Fields)> points,
        string actor,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var all = points.ToList();
        var mark = await session.AuditAsync(at, actor, "publish again", new { points = all.Count }, cancellationToken);
        await WidenAsync(session, all, cancellationToken);
        return await session.ApplyAsync(
            """
            INSERT INTO outbox (series_id, period, mark, marked_at)
            SELECT series_id, period, mark, marked_at FROM {rows} AS r WHERE TRUE
            ON CONFLICT (series_id, period) DO UPDATE SET mark = excluded.mark
            """,
            MarkColumns,
            [
                .. all.Select(point => (point.Series, point.Period))
                    .Distinct()
                    .Order()
                    .Select(point => (object?[])[point.Series, point.Period, mark, at]),
            ],
            cancellationToken
        );
    }

    private static Task<int> WidenAsync(
        SqlSession session,
        IEnumerable<(int Series, int Period, int Fields)> points,
        CancellationToken cancellationToken
    )
    {
        var fields = new SortedDictionary<(int Series, int Period), int>();
        foreach (var (series, period, more) in points)
        {
            if (more != 0)
                fields[(series, period)] = fields.GetValueOrDefault((series, period)) | more;
        }
        return session.ApplyAsync(
            """
            INSERT INTO published SELECT series_id, period, fields FROM {rows} AS r WHERE TRUE
            ON CONFLICT (series_id, period) DO UPDATE SET fields = published.fields | excluded.fields
            WHERE published.fields | excluded.fields <> published.fields
            """,
            PointColumns,
            [.. fields.Select(point => (object?[])[point.Key.Series, point.Key.Period, point.Value])],
            cancellationToken
        );
    }
}
