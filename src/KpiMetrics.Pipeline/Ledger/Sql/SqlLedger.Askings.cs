using System.Data.Common;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger.Claims;

namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>The ledger's memory of what the sources were asked for.</summary>
public abstract partial class SqlLedger
{
    private const string AskingColumns =
        "source, period, attempts, failures, first_asked_at, last_asked_at, first_answered_at, answered_at, next_at, outcome";

    public async Task<IReadOnlyDictionary<Duty, Asking>> ReadLastAskedAsync(CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        var rows = await session.ReadAsync(
            $"""
            SELECT {AskingColumns}, set_code, indicator, freq
            FROM asking JOIN (SELECT duty_id AS asked_duty, MAX(last_asked_at) AS asked FROM asking GROUP BY duty_id) AS latest
                ON asked_duty = duty_id AND asked = last_asked_at
            JOIN duty ON duty.id = duty_id
            ORDER BY duty_id, period, source
            """,
            [],
            row => (Duty: row.Duty(10), Asking: ReadAsking(row, row.Frequency(12))),
            cancellationToken
        );
        var found = new Dictionary<Duty, Asking>();
        foreach (var (duty, asking) in rows)
            found[duty] = asking; // of several asked for at one instant, the newest period
        return found;
    }

    public async Task<IReadOnlyList<Asking>> ReadAskingsAsync(
        Duty duty,
        Period from,
        Period to,
        CancellationToken cancellationToken
    )
    {
        await using var session = await database.OpenAsync(cancellationToken);
        if (await new SqlNames(session).FindAsync(duty, cancellationToken) is not { } id)
            return [];
        return await session.ReadAsync(
            $"SELECT {AskingColumns} FROM asking WHERE duty_id = $1 AND period BETWEEN $2 AND $3 ORDER BY period, source",
            [id, from.Index, to.Index],
            row => ReadAsking(row, duty.Frequency),
            cancellationToken
        );
    }

    public async Task<IReadOnlyList<SourceAskings>> SummarizeAskingsAsync(CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.ReadAsync(
            """
            SELECT source, set_code, COUNT(*), COUNT(CASE WHEN failures > 0 THEN 1 END), MAX(asked), MAX(answered)
            FROM (
                SELECT asking.source, asking.duty_id, MAX(asking.failures) AS failures, MAX(asked) AS asked, MAX(answered) AS answered
                FROM asking JOIN (
                    SELECT source, duty_id, MAX(last_asked_at) AS asked, MAX(answered_at) AS answered
                    FROM asking GROUP BY source, duty_id
                ) AS latest ON latest.source = asking.source AND latest.duty_id = asking.duty_id AND asked = last_asked_at
                GROUP BY asking.source, asking.duty_id
            ) AS last_of_duty
            JOIN duty ON duty.id = duty_id
            GROUP BY source, set_code ORDER BY source, set_code
            """,
            [],
            row => new SourceAskings(
                row.GetString(0),
                row.GetString(1),
                row.GetInt32(2),
                row.GetInt32(3),
                row.Instant(4),
                row.InstantOrNull(5)
            ),
            cancellationToken
        );
    }

    public Task SaveAskingsAsync(
        Duty duty,
        IReadOnlyCollection<Asking> askings,
        Claim? claim,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync(
            [],
            async session =>
            {
                await session.CheckAsync(claim, cancellationToken);
                var id = await new SqlNames(session).AddAsync(duty, cancellationToken);
                await using var save = session.Prepare(
                    """
                    INSERT INTO asking VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                    ON CONFLICT (duty_id, period, source) DO UPDATE SET
                        attempts = excluded.attempts, failures = excluded.failures, first_asked_at = excluded.first_asked_at,
                        last_asked_at = excluded.last_asked_at, first_answered_at = excluded.first_answered_at,
                        answered_at = excluded.answered_at, next_at = excluded.next_at, outcome = excluded.outcome
                    """
                );
                foreach (
                    var asking in askings.OrderBy(asking => asking.Period).ThenBy(asking => asking.Source, StringComparer.Ordinal)
                )
                {
                    await save.ExecuteAsync(
                        [
                            asking.Source,
                            id,
                            asking.Period.Index,
                            asking.Attempts,
                            asking.Failures,
                            asking.FirstAskedAt,
                            asking.LastAskedAt,
                            asking.FirstAnsweredAt,
                            asking.AnsweredAt,
                            asking.NextAt,
                            asking.Outcome,
                        ],
                        cancellationToken
                    );
                }
                return askings.Count;
            },
            cancellationToken
        );

    private static Asking ReadAsking(DbDataReader row, Frequency frequency) =>
        new(
            row.GetString(0),
            Period.FromIndex(frequency, row.GetInt32(1)),
            row.GetInt32(2),
            row.GetInt32(3),
            row.Instant(4),
            row.Instant(5),
            row.InstantOrNull(6),
            row.InstantOrNull(7),
            row.Instant(8),
            row.GetString(9)
        );
}
