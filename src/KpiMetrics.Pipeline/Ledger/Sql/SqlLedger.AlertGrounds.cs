using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>What alerts are made of.</summary>
public abstract partial class SqlLedger
{
    public async Task<IReadOnlyList<OpenObligation>> ReadDueAsync(
        string? set,
        DateTimeOffset? after,
        DateTimeOffset until,
        CancellationToken cancellationToken
    )
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.ReadAsync(
            $"""
            SELECT d.set_code, d.indicator, d.freq, o.period, p.area, g.text, o.due_now, o.lead, o.grace, o.first_at, q.source
            FROM obligation AS o {database.ByDue} JOIN duty AS d ON d.id = o.duty_id JOIN place AS p ON p.id = o.place_id JOIN phrase AS g ON g.id = o.agency
                LEFT JOIN (
                    SELECT duty_id, period, MIN(source) AS source FROM asking GROUP BY duty_id, period HAVING COUNT(first_answered_at) = 0
                ) AS q ON q.duty_id = o.duty_id AND q.period = o.period
            WHERE o.due_now > $1 AND o.due_now <= $2 AND o.complete_at IS NULL AND o.void_at IS NULL AND o.waived = 0
                AND (CAST($3 AS TEXT) IS NULL OR d.set_code = $3)
            ORDER BY o.due_now, o.duty_id, o.period, o.place_id
            """,
            [after?.ToUnixTimeMilliseconds() ?? long.MinValue, until, set],
            row =>
            {
                var duty = row.Duty(0);
                return new OpenObligation(
                    duty,
                    Period.FromIndex(duty.Frequency, row.GetInt32(3)),
                    row.GetString(4),
                    row.GetString(5),
                    row.Instant(6),
                    TimeSpan.FromMilliseconds(row.GetInt64(7)),
                    TimeSpan.FromMilliseconds(row.GetInt64(8)),
                    row.InstantOrNull(9),
                    row.TextOrNull(10)
                );
            },
            cancellationToken
        );
    }

    public async Task<IReadOnlyList<AskedDuty>> ReadAskedDutiesAsync(CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.ReadAsync(
            """
            SELECT asking.source, set_code, indicator, freq, MIN(first_asked), MAX(asked), MAX(answered),
                MAX(CASE WHEN failures > 0 THEN outcome END)
            FROM asking JOIN (
                SELECT source, duty_id, MIN(first_asked_at) AS first_asked, MAX(last_asked_at) AS asked, MAX(answered_at) AS answered
                FROM asking GROUP BY source, duty_id
            ) AS latest ON latest.source = asking.source AND latest.duty_id = asking.duty_id AND asked = last_asked_at
            JOIN duty ON duty.id = asking.duty_id
            GROUP BY asking.source, set_code, indicator, freq ORDER BY asking.source, set_code, indicator, freq
            """,
            [],
            row => new AskedDuty(
                row.GetString(0),
                row.Duty(1),
                row.Instant(4),
                row.Instant(5),
                row.InstantOrNull(6),
                row.TextOrNull(7)
            ),
            cancellationToken
        );
    }

    public async Task<IReadOnlyList<RefusedFigure>> ReadRefusedFiguresAsync(int limit, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.ReadAsync(
            """
            SELECT s.set_code, s.indicator, s.measure, s.subject, s.area, s.freq, r.period, r.reason, r.refused_at
            FROM refused_point AS r JOIN series AS s ON s.id = r.series_id
            ORDER BY r.refused_at DESC, r.series_id, r.period LIMIT $1
            """,
            [limit],
            row =>
            {
                var frequency = row.Frequency(5);
                return new RefusedFigure(
                    new SeriesKey(
                        row.GetString(0),
                        row.GetString(1),
                        row.GetString(2),
                        row.GetString(3),
                        row.GetString(4),
                        frequency
                    ),
                    Period.FromIndex(frequency, row.GetInt32(6)),
                    row.GetString(7),
                    row.Instant(8)
                );
            },
            cancellationToken
        );
    }

    public async Task<IReadOnlyList<KeptFinding>> FindFindingsAsync(
        IReadOnlyCollection<long> ids,
        CancellationToken cancellationToken
    )
    {
        await using var session = await database.OpenAsync(cancellationToken);
        var found = new List<KeptFinding>();
        await session.ApplyAsync(
            $"{SelectFindings} WHERE id IN (SELECT r.wanted FROM {{rows}} AS r)",
            SqlColumn.Numbers("wanted"),
            [.. ids.Distinct().Order().Select(id => (object?[])[id])],
            row => found.Add(ReadFinding(row)),
            cancellationToken
        );
        return found;
    }
}
