using KpiMetrics.Core.Alerting;
using KpiMetrics.Pipeline.Ledger.Claims;

namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>The ledger's alerts.</summary>
public abstract partial class SqlLedger
{
    private const string KeepAlerts = $$"""
        INSERT INTO alert ({{SqlAlertRows.Columns}})
        SELECT {{SqlAlertRows.Columns}} FROM {rows} AS r WHERE TRUE
        ON CONFLICT (key) DO UPDATE SET
            kind = excluded.kind, severity = excluded.severity, title = excluded.title, since = excluded.since, set_code = excluded.set_code,
            indicator = excluded.indicator, measure = excluded.measure, freq = excluded.freq, period = excluded.period, area = excluded.area,
            agency = excluded.agency, source = excluded.source, held_by = excluded.held_by, state = excluded.state, audience = excluded.audience,
            fired_at = excluded.fired_at, counts_from = excluded.counts_from, changed_at = excluded.changed_at, steps = excluded.steps,
            acknowledged_by = excluded.acknowledged_by, acknowledged_at = excluded.acknowledged_at, explained_by = excluded.explained_by,
            explained_at = excluded.explained_at, explanation = excluded.explanation, link = excluded.link, resolved_at = excluded.resolved_at,
            evidence = excluded.evidence, doubted_at = excluded.doubted_at
        """;

    private const string KeepAlertEvents = """
        INSERT INTO alert_event (alert_id, number, at, step, who, why, details)
        SELECT a.id, r.number, r.at, r.step, r.who, r.why, r.details FROM {rows} AS r JOIN alert AS a ON a.key = r.key
        """;

    private static readonly SqlColumn[] AlertEventColumns =
    [
        .. SqlColumn.Texts("key", "step", "who", "why", "details"),
        .. SqlColumn.Numbers("number", "at"),
    ];

    public async Task<int> KeepAlertEventsAsync(
        IReadOnlyCollection<AlertEvent> events,
        Claim? claim,
        CancellationToken cancellationToken
    )
    {
        if (events.Count == 0)
            return 0;
        return await database.WriteAsync(
            [WriteLock.Alerts],
            async session =>
            {
                var alerts = await FindAlertsAsync(session, [.. events.Select(one => one.Key)], cancellationToken);
                var (changed, kept) = (new SortedSet<string>(StringComparer.Ordinal), new List<AlertEvent>());
                var late = new HashSet<string>(StringComparer.Ordinal);
                foreach (var one in events)
                {
                    var alert = alerts.GetValueOrDefault(one.Key);
                    // What follows on a step that was not kept was decided on what never was.
                    if (late.Contains(one.Key))
                        continue;
                    if (one.Number != (alert?.Steps ?? 0) + 1 || AlertLife.Refusal(alert, one.Step) is not null)
                    {
                        late.Add(one.Key);
                        continue;
                    }
                    alerts[one.Key] = AlertLife.Apply(alert, one);
                    changed.Add(one.Key);
                    kept.Add(one);
                }
                await session.ApplyAsync(
                    KeepAlerts,
                    SqlAlertRows.RowColumns,
                    [.. changed.Select(key => SqlAlertRows.RowOf(alerts[key]))],
                    cancellationToken
                );
                await session.ApplyAsync(KeepAlertEvents, AlertEventColumns, [.. kept.Select(RowOf)], cancellationToken);
                foreach (var one in kept.Where(one => one.Who != AlertLife.Engine))
                {
                    var details = new
                    {
                        alert = one.Key,
                        number = one.Number,
                        why = one.Why,
                        link = one.Link,
                    };
                    await session.AuditAsync(one.At, one.Who, $"alert-{one.Step.Code()}", details, cancellationToken);
                }
                await session.CheckAsync(claim, cancellationToken); // the last thing before the end: renewing it need not wait
                return kept.Count;
            },
            cancellationToken
        );
    }

    public async Task<IReadOnlyList<string>> ReadAlertSetsAsync(CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.ReadAsync(
            """
            SELECT set_code FROM duty UNION SELECT set_code FROM series
            UNION SELECT set_code FROM finding WHERE resolved_at IS NULL
            UNION SELECT set_code FROM alert WHERE state <> 'resolved' ORDER BY set_code
            """,
            [],
            row => row.GetString(0),
            cancellationToken
        );
    }

    public async Task<IReadOnlyList<Alert>> ReadAlertsAsync(AlertQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        // Codes, not input: the planner must see which index fits.
        var states = query.States is { Count: > 0 } some
            ? $"AND state IN ({string.Join(", ", some.Select(state => $"'{state.Code()}'"))})"
            : "";
        if (query.States is { Count: > 0 } wanted && !wanted.Contains(AlertState.Resolved))
            states += " AND state <> 'resolved'";
        // Asked every few seconds: an index leads to the newest of all that ever ended.
        if (query is { ResolvedSince: not null, States: { Count: 1 } only } && only.Contains(AlertState.Resolved))
            states += " AND resolved_at >= $5";
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.ReadAsync(
            $"""
            SELECT id, {SqlAlertRows.Columns} FROM alert
            WHERE (CAST($1 AS BIGINT) IS NULL OR id = $1) AND (CAST($2 AS TEXT) IS NULL OR set_code = $2)
                AND (CAST($3 AS TEXT) IS NULL OR agency = $3) AND (CAST($4 AS TEXT) IS NULL OR kind = $4)
                AND (CAST($5 AS BIGINT) IS NULL OR resolved_at IS NULL OR resolved_at >= $5) {states}
            ORDER BY CASE severity WHEN 'critical' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END, since, id LIMIT $6
            """,
            [query.Id, query.Set, query.Agency, query.Kind?.Code(), query.ResolvedSince, query.Limit],
            SqlAlertRows.Read,
            cancellationToken
        );
    }

    public async Task<IReadOnlyList<Alert>> FindAlertsAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return [.. (await FindAlertsAsync(session, keys, cancellationToken)).Values];
    }

    public async Task<IReadOnlyList<AlertEvent>> ReadAlertEventsAsync(string key, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.ReadAsync(
            """
            SELECT e.number, e.at, e.step, e.who, e.why, e.details FROM alert_event AS e JOIN alert AS a ON a.id = e.alert_id
            WHERE a.key = $1 ORDER BY e.number
            """,
            [key],
            row =>
                AlertDetails.Read(
                    new(
                        key,
                        row.GetInt32(0),
                        row.Instant(1),
                        AlertNaming.Step(row.GetString(2)),
                        row.GetString(3),
                        row.GetString(4)
                    ),
                    row.GetString(5)
                ),
            cancellationToken
        );
    }

    private static async Task<Dictionary<string, Alert>> FindAlertsAsync(
        SqlSession session,
        IReadOnlyCollection<string> keys,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<string, Alert>(StringComparer.Ordinal);
        await session.ApplyAsync(
            $"SELECT id, {SqlAlertRows.Columns} FROM alert WHERE key IN (SELECT r.wanted FROM {{rows}} AS r)",
            SqlColumn.Texts("wanted"),
            [.. keys.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(key => (object?[])[key])],
            row =>
            {
                var alert = SqlAlertRows.Read(row);
                found[alert.Key] = alert;
            },
            cancellationToken
        );
        return found;
    }

    private static object?[] RowOf(AlertEvent one) =>
        [one.Key, one.Step.Code(), one.Who, one.Why, AlertDetails.Of(one), one.Number, one.At];
}
