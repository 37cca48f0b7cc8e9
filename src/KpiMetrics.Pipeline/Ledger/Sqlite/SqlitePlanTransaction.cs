using System.Globalization;
using System.Text.Json;
using KpiMetrics.Core.Derivation.Plans;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger.Sql;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KpiMetrics.Pipeline.Ledger.Sqlite;

/// <summary>One report of plans as one SQLite transaction. Holds the write lock from its first moment; not for use by two threads.</summary>
/// <remarks>
/// A repetition seen by our own clock is counted and not stored. One of a report whose sender named the instant is stored unless the same
/// was said at that instant, so that the order in which history is entered does not matter; <see cref="PlanVersions"/> passes over it.
/// </remarks>
internal sealed class SqlitePlanTransaction : IPlanTransaction
{
    private readonly SqliteConnection connection;
    private readonly SqliteTransaction transaction;
    private readonly ReportHeader header;
    private readonly long receivedAt;
    private readonly long auditId;
    private readonly SqliteCommand select;
    private readonly SqliteCommand insert;
    private readonly Dictionary<(PlanKey Key, string Scheme, Period Stated, PlanKind Kind), PlanVersion> statedHere = [];
    private readonly HashSet<(PlanKey Key, int Year)> changed = [];
    private int recorded;
    private int repeated;
    private bool isCommitted;

    public SqlitePlanTransaction(SqliteConnection connection, ReportHeader header)
    {
        this.connection = connection;
        this.header = header;
        receivedAt = header.ReceivedAt.ToUnixTimeMilliseconds();
        transaction = connection.BeginTransaction(deferred: false);
        using var next = Prepare("SELECT COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'audit'), 0) + 1", 0);
        auditId = (long)(next.ExecuteScalar() ?? 1L);
        select = Prepare(
            """
            SELECT scheme, period, number, kind, decision, received_at, note FROM plan
            WHERE set_code = $1 AND measure = $2 AND subject = $3 AND area = $4 AND scheme = $5 AND year = $6 AND period = $7
              AND received_at <= $8
            """,
            8
        );
        insert = Prepare("INSERT INTO plan VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)", 13);
    }

    public ValueTask<AppendOutcome> AppendAsync(
        PlanKey key,
        PlanVersion version,
        IReadOnlyCollection<string> furtherMeasures,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (version.ReceivedAt != header.ReceivedAt)
            throw new ArgumentException(
                $"The plan was received at {version.ReceivedAt:O}, its report at {header.ReceivedAt:O}.",
                nameof(version)
            );
        var outcome = Append(key, version);
        if (outcome == AppendOutcome.Repeated)
            repeated++;
        if (outcome != AppendOutcome.Recorded)
            return ValueTask.FromResult(outcome);
        recorded++;
        changed.Add((key, version.Stated.Year));
        foreach (var measure in furtherMeasures)
            changed.Add((key with { Measure = measure }, version.Stated.Year));
        return ValueTask.FromResult(outcome);
    }

    public Task<ReportReceipt> CommitAsync(int refused, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var recordedAt = header.RecordedAt.ToUnixTimeMilliseconds();
        var details = JsonSerializer.Serialize(
            new
            {
                set = header.Set,
                source = header.Source,
                name = header.Name,
                received_at = header.ReceivedAt.ToString("O", CultureInfo.InvariantCulture),
                recorded,
                repeated,
                refused,
            },
            LedgerJson.Options
        );
        using var audit = Prepare("INSERT INTO audit (id, at, actor, action, details) VALUES ($1, $2, $3, 'plan', $4)", 4);
        audit.With(auditId, recordedAt, header.Actor, details).ExecuteNonQuery();
        MarkChanged(recordedAt);
        transaction.Commit();
        isCommitted = true;
        return Task.FromResult(new ReportReceipt(auditId, recorded, repeated, refused));
    }

    public ValueTask DisposeAsync()
    {
        select.Dispose();
        insert.Dispose();
        // On a full disk SQLite has rolled back by itself; the driver would fail to do so again and hide the fault that matters.
        if (!isCommitted && raw.sqlite3_get_autocommit(connection.Handle) != 0)
            SqliteDatabase.Execute(connection, "BEGIN", transaction);
        transaction.Dispose();
        connection.Dispose();
        return ValueTask.CompletedTask;
    }

    private AppendOutcome Append(PlanKey key, PlanVersion version)
    {
        if (!statedHere.TryAdd((key, version.Scheme, version.Stated, version.Kind), version))
        {
            var first = statedHere[(key, version.Scheme, version.Stated, version.Kind)];
            return first.SaysTheSameAs(version) ? AppendOutcome.Repeated : AppendOutcome.Contradicted;
        }
        var before = ReadBefore(key, version);
        var isKnown = header.ReceivedAtStated
            ? before.Exists(other => other.SaysTheSameAs(version) && other.ReceivedAt.ToUnixTimeMilliseconds() == receivedAt)
            : PlanVersions.IsRepetition(version, before);
        if (isKnown)
            return AppendOutcome.Repeated;
        insert
            .With(
                key.Set,
                key.Measure,
                key.Subject,
                key.Area,
                version.Scheme,
                version.Stated.Year,
                version.Stated.ToString(),
                receivedAt,
                (int)version.Kind,
                auditId,
                version.Value.ToString(CultureInfo.InvariantCulture),
                version.Decision,
                version.Note
            )
            .ExecuteNonQuery();
        return AppendOutcome.Recorded;
    }

    private List<PlanVersion> ReadBefore(PlanKey key, PlanVersion version)
    {
        select.With(
            key.Set,
            key.Measure,
            key.Subject,
            key.Area,
            version.Scheme,
            version.Stated.Year,
            version.Stated.ToString(),
            receivedAt
        );
        using var reader = select.ExecuteReader();
        var before = new List<PlanVersion>();
        while (reader.Read())
            before.Add(SqliteLedger.ReadVersion(reader));
        return before;
    }

    // Also the points of figures that nobody reported: of an area summed from others, or before its first day.
    private void MarkChanged(long recordedAt)
    {
        using var find = Prepare(
            "SELECT id, freq FROM series WHERE set_code = $1 AND measure = $2 AND subject = $3 AND area = $4",
            4
        );
        using var mark = Prepare(
            """
            INSERT INTO outbox SELECT series_id, period, $4, $5 FROM (
                SELECT series_id, period FROM observation WHERE series_id = $1 AND period BETWEEN $2 AND $3
                UNION SELECT series_id, period FROM published WHERE series_id = $1 AND period BETWEEN $2 AND $3
            ) WHERE TRUE
            ON CONFLICT DO UPDATE SET mark = excluded.mark, marked_at = excluded.marked_at
            """,
            5
        );
        foreach (var (key, year) in changed)
        {
            using var series = find.With(key.Set, key.Measure, key.Subject, key.Area).ExecuteReader();
            while (series.Read())
            {
                if (!FrequencyCode.TryParse(series.GetString(1), out var frequency))
                    throw new InvalidDataException(
                        $"A series has frequency '{series.GetString(1)}'; allowed: {FrequencyCode.Allowed}."
                    );
                var first = Period.Of(frequency, year);
                mark.With(series.GetInt32(0), first.Index, first.LastOfYear.Index, auditId, recordedAt).ExecuteNonQuery();
            }
        }
    }

    private SqliteCommand Prepare(string sql, int parameters) => connection.Prepare(transaction, sql, parameters);
}
