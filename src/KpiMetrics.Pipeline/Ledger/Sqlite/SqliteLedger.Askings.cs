using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger.Claims;
using Microsoft.Data.Sqlite;

namespace KpiMetrics.Pipeline.Ledger.Sqlite;

/// <summary>The ledger's memory of what the sources were asked for.</summary>
public sealed partial class SqliteLedger
{
    private const string AskingColumns =
        "source, period, attempts, failures, first_asked_at, last_asked_at, first_answered_at, answered_at, next_at, outcome";

    public Task<IReadOnlyDictionary<Duty, Asking>> ReadLastAskedAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        using var command = connection.Prepare(
            null,
            $"""
            SELECT {AskingColumns}, set_code, indicator, freq, MAX(last_asked_at) FROM asking JOIN duty ON duty.id = duty_id
            GROUP BY duty_id -- SQLite takes the other columns from the row with the maximum
            """,
            0
        );
        using var reader = command.ExecuteReader();
        var found = new Dictionary<Duty, Asking>();
        while (reader.Read())
        {
            var duty = ReadDuty(reader, 10);
            found[duty] = ReadAsking(reader, duty.Frequency);
        }
        return Task.FromResult<IReadOnlyDictionary<Duty, Asking>>(found);
    }

    public Task<IReadOnlyList<Asking>> ReadAskingsAsync(Duty duty, Period from, Period to, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        var found = new List<Asking>();
        if (new SqliteNames(connection, null).Find(duty) is { } id)
        {
            using var command = connection
                .Prepare(
                    null,
                    $"""
                    SELECT {AskingColumns} FROM asking
                    WHERE duty_id = $1 AND period BETWEEN $2 AND $3 ORDER BY period, source
                    """,
                    3
                )
                .With(id, from.Index, to.Index);
            using var reader = command.ExecuteReader();
            while (reader.Read())
                found.Add(ReadAsking(reader, duty.Frequency));
        }
        return Task.FromResult<IReadOnlyList<Asking>>(found);
    }

    public Task<IReadOnlyList<SourceAskings>> SummarizeAskingsAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        using var command = connection.Prepare(
            null,
            """
            SELECT source, set_code, COUNT(*), SUM(failures > 0), MAX(asked), MAX(answered)
            FROM (
                SELECT source, duty_id, failures, MAX(last_asked_at) AS asked -- failures are those of the row with the maximum
                FROM asking GROUP BY source, duty_id
            )
            JOIN (SELECT source, duty_id, MAX(answered_at) AS answered FROM asking GROUP BY source, duty_id)
                USING (source, duty_id)
            JOIN duty ON duty.id = duty_id
            GROUP BY source, set_code ORDER BY source, set_code
            """,
            0
        );
        using var reader = command.ExecuteReader();
        var found = new List<SourceAskings>();
        while (reader.Read())
        {
            found.Add(
                new(
                    reader.GetString(0),
                    reader.GetString(1),
                    reader.GetInt32(2),
                    reader.GetInt32(3),
                    reader.Instant(4),
                    reader.IsDBNull(5) ? null : reader.Instant(5)
                )
            );
        }
        return Task.FromResult<IReadOnlyList<SourceAskings>>(found);
    }

    public Task SaveAskingsAsync(
        Duty duty,
        IReadOnlyCollection<Asking> askings,
        Claim? claim,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        CheckClaim(connection, transaction, claim);
        var id = new SqliteNames(connection, transaction).Add(duty);
        using var save = connection.Prepare(
            transaction,
            "INSERT OR REPLACE INTO asking VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            11
        );
        foreach (var asking in askings)
        {
            save.With(
                    asking.Source,
                    id,
                    asking.Period.Index,
                    asking.Attempts,
                    asking.Failures,
                    asking.FirstAskedAt.ToUnixTimeMilliseconds(),
                    asking.LastAskedAt.ToUnixTimeMilliseconds(),
                    asking.FirstAnsweredAt?.ToUnixTimeMilliseconds(),
                    asking.AnsweredAt?.ToUnixTimeMilliseconds(),
                    asking.NextAt.ToUnixTimeMilliseconds(),
                    asking.Outcome
                )
                .ExecuteNonQuery();
        }
        transaction.Commit();
        return Task.CompletedTask;
    }

    private static Asking ReadAsking(SqliteDataReader reader, Frequency frequency) =>
        new(
            reader.GetString(0),
            Period.FromIndex(frequency, reader.GetInt32(1)),
            reader.GetInt32(2),
            reader.GetInt32(3),
            reader.Instant(4),
            reader.Instant(5),
            reader.IsDBNull(6) ? null : reader.Instant(6),
            reader.IsDBNull(7) ? null : reader.Instant(7),
            reader.Instant(8),
            reader.GetString(9)
        );
}
