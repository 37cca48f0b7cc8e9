namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>Writes down what became of published points.</summary>
internal sealed class SqlConfirmation(SqlSession session)
{
    private static readonly SqlColumn[] KeyColumns = SqlColumn.Numbers("series_id", "period");

    public async Task WriteAsync(
        IReadOnlyList<PublishedPoint> points,
        IReadOnlyList<ChangedKey> done,
        IReadOnlyList<RefusedPoint> refused,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var fields = new SortedDictionary<(int Series, int Period), int>();
        foreach (var point in points)
            fields[(point.SeriesId, point.Period.Index)] = point.Fields;
        await KeepAsync(fields, cancellationToken);
        await TakeAsync(done, cancellationToken);
        await AcceptAsync(fields.Keys.Concat(done.Select(key => (key.SeriesId, key.Period.Index))), cancellationToken);
        await RefuseAsync(refused, at, cancellationToken); // some of them accepted above
    }

    private async Task KeepAsync(SortedDictionary<(int Series, int Period), int> fields, CancellationToken cancellationToken)
    {
        await session.ApplyAsync(
            """
            INSERT INTO published SELECT series_id, period, fields FROM {rows} AS r WHERE TRUE
            ON CONFLICT (series_id, period) DO UPDATE SET fields = excluded.fields WHERE published.fields <> excluded.fields
            """,
            SqlColumn.Numbers("series_id", "period", "fields"),
            [
                .. fields
                    .Where(point => point.Value != 0)
                    .Select(point => (object?[])[point.Key.Series, point.Key.Period, point.Value]),
            ],
            cancellationToken
        );
        await session.ApplyAsync(
            "DELETE FROM published WHERE (series_id, period) IN (SELECT series_id, period FROM {rows} AS r)",
            KeyColumns,
            [.. fields.Where(point => point.Value == 0).Select(point => (object?[])[point.Key.Series, point.Key.Period])],
            cancellationToken
        );
    }

    private Task<int> TakeAsync(IReadOnlyList<ChangedKey> done, CancellationToken cancellationToken) =>
        session.ApplyAsync(
            "DELETE FROM outbox WHERE (series_id, period, mark) IN (SELECT series_id, period, mark FROM {rows} AS r)",
            SqlColumn.Numbers("series_id", "period", "mark"),
            [
                .. done.Select(key => (key.SeriesId, key.Period.Index, key.Mark))
                    .Order()
                    .Select(key => (object?[])[key.SeriesId, key.Index, key.Mark]),
            ],
            cancellationToken
        );

    private async Task AcceptAsync(IEnumerable<(int Series, int Period)> keys, CancellationToken cancellationToken)
    {
        if (await session.NumberAsync("SELECT 1 FROM refused_point LIMIT 1", [], cancellationToken) is null)
            return;
        await session.ApplyAsync(
            "DELETE FROM refused_point WHERE (series_id, period) IN (SELECT series_id, period FROM {rows} AS r)",
            KeyColumns,
            [.. keys.Distinct().Order().Select(key => (object?[])[key.Series, key.Period])],
            cancellationToken
        );
    }

    private Task<int> RefuseAsync(IReadOnlyList<RefusedPoint> refused, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var reasons = new SortedDictionary<(int Series, int Period), string>();
        foreach (var point in refused)
            reasons[(point.SeriesId, point.Period.Index)] = point.Reason;
        return session.ApplyAsync(
            """
            INSERT INTO refused_point SELECT series_id, period, reason, refused_at FROM {rows} AS r WHERE TRUE
            ON CONFLICT (series_id, period) DO UPDATE SET reason = excluded.reason, refused_at = excluded.refused_at
            """,
            [.. KeyColumns, .. SqlColumn.Texts("reason"), .. SqlColumn.Numbers("refused_at")],
            [.. reasons.Select(point => (object?[])[point.Key.Series, point.Key.Period, point.Value, at])],
            cancellationToken
        );
    }
}
