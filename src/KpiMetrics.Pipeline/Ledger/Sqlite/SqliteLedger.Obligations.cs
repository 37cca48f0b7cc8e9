using System.Runtime.CompilerServices;
using System.Text.Json;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger.Sql;
using Microsoft.Data.Sqlite;

namespace KpiMetrics.Pipeline.Ledger.Sqlite;

/// <summary>The ledger's obligations.</summary>
public sealed partial class SqliteLedger
{
    private const string StillOpen = "complete_at IS NULL AND void_at IS NULL AND waived = 0";

    public Task<IReadOnlyDictionary<Duty, Period>> ReadPlannedAsync(string fingerprint, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        var planned = new Dictionary<Duty, Period>();
        using var plan = connection.Prepare(null, "SELECT 1 FROM obligation_plan WHERE fingerprint = $1", 1).With(fingerprint);
        if (plan.ExecuteScalar() is not null)
        {
            using var command = connection.Prepare(
                null,
                "SELECT set_code, indicator, freq, planned FROM duty WHERE planned IS NOT NULL",
                0
            );
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                var duty = ReadDuty(reader, 0);
                planned[duty] = Period.FromIndex(duty.Frequency, reader.GetInt32(3));
            }
        }
        return Task.FromResult<IReadOnlyDictionary<Duty, Period>>(planned);
    }

    public Task<int> CreateAsync(
        IReadOnlyCollection<Obligation> obligations,
        IReadOnlyDictionary<Duty, Period> planned,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        database.CheckIdentity();
        using var connection = database.Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        var names = new SqliteNames(connection, transaction);
        var added = Insert(connection, transaction, names, obligations);
        using var plan = connection.Prepare(transaction, "UPDATE duty SET planned = $2 WHERE id = $1", 2);
        foreach (var (duty, period) in planned)
            plan.With(names.Add(duty), period.Index).ExecuteNonQuery();
        transaction.Commit();
        return Task.FromResult(added);
    }

    public Task AdoptPlanAsync(string fingerprint, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        SqliteDatabase.Execute(connection, "DELETE FROM obligation_plan", transaction);
        using var insert = connection.Prepare(transaction, "INSERT INTO obligation_plan VALUES ($1)", 1).With(fingerprint);
        insert.ExecuteNonQuery();
        transaction.Commit();
        return Task.CompletedTask;
    }

    public Task<int> VoidAsync(
        IReadOnlyCollection<ObligationKey> obligations,
        string why,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (obligations.Count == 0)
            return Task.FromResult(0);
        using var connection = database.Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        var names = new SqliteNames(connection, transaction);
        using var update = connection.Prepare(
            transaction,
            "UPDATE obligation SET void_at = $4 WHERE duty_id = $1 AND period = $2 AND place_id = $3 AND void_at IS NULL AND complete_at IS NULL",
            4
        );
        var done = obligations.Sum(key =>
            names.Find(key.Duty) is { } duty && names.FindPlace(key.Area) is { } place
                ? update.With(duty, key.Period.Index, place, at.ToUnixTimeMilliseconds()).ExecuteNonQuery()
                : 0
        );
        Audit(connection, transaction, at, "worker", "obligation-void", new { obligations = done, why });
        transaction.Commit();
        return Task.FromResult(done);
    }

    public async IAsyncEnumerable<Obligation> ReadAsync(
        ObligationQuery query,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var connection = database.Open();
        using var snapshot = connection.BeginTransaction(deferred: true);
        var names = new SqliteNames(connection, snapshot);
        var rows = new SqliteObligationRows(connection, snapshot, names);
        foreach (var (dutyId, duty) in DutiesOf(connection, snapshot, query))
        {
            var exemptions = rows.Exemptions(dutyId);
            var (first, last) = Span(query, duty.Frequency);
            using var command = connection
                .Prepare(
                    snapshot,
                    $"""
                    SELECT {SqliteObligationRows.Columns} FROM obligation
                    WHERE duty_id = $1 AND period BETWEEN $2 AND $3 {(query.WithVoid ? "" : "AND void_at IS NULL")}
                    {(query.OnlyOpen ? $"AND {StillOpen}" : "")} ORDER BY period, place_id
                    """,
                    3
                )
                .With(dutyId, first, last);
            using var reader = command.ExecuteReader();
            // Places have numbers in the order in which they were met; a period's obligations are given in the order of their areas.
            var period = new List<Obligation>();
            while (reader.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (query.Areas?.Contains(names.Place(reader.GetInt64(1))) == false)
                    continue;
                var read = rows.Read(reader, duty, exemptions);
                if (period.Count > 0 && period[0].Period != read.Period)
                {
                    foreach (var obligation in period.OrderBy(one => one.Area, StringComparer.Ordinal))
                        yield return obligation;
                    period.Clear();
                }
                period.Add(read);
            }
            foreach (var obligation in period.OrderBy(one => one.Area, StringComparer.Ordinal))
                yield return obligation;
        }
        await Task.CompletedTask;
    }

    public Task<IReadOnlyList<OpenPeriod>> ReadOpenAsync(Duty duty, DateTimeOffset at, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        var open = new List<OpenPeriod>();
        if (new SqliteNames(connection, null).Find(duty) is { } id)
        {
            // Left to itself SQLite goes by the table's key: through all the duty's history at every tick.
            using var command = connection
                .Prepare(
                    null,
                    $"""
                    SELECT period, COUNT(*), MIN(due_now) FROM obligation INDEXED BY obligation_open
                    WHERE duty_id = $1 AND opens_at <= $2 AND {StillOpen} GROUP BY period ORDER BY period
                    """,
                    2
                )
                .With(id, at.ToUnixTimeMilliseconds());
            using var reader = command.ExecuteReader();
            while (reader.Read())
                open.Add(new(Period.FromIndex(duty.Frequency, reader.GetInt32(0)), reader.GetInt32(1), reader.Instant(2)));
        }
        return Task.FromResult<IReadOnlyList<OpenPeriod>>(open);
    }

    public Task<OpenCounts> CountOpenAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        using var command = connection
            .Prepare(
                null,
                $"SELECT COUNT(*), COALESCE(SUM(due_now + grace <= $1), 0) FROM obligation WHERE due_now <= $1 AND {StillOpen}",
                1
            )
            .With(at.ToUnixTimeMilliseconds() - 1000); // a deadline lasts to the end of its second
        using var reader = command.ExecuteReader();
        reader.Read();
        return Task.FromResult(new OpenCounts(reader.GetInt64(0), reader.GetInt64(1)));
    }

    public Task<int> ExemptAsync(
        IReadOnlyCollection<ObligationKey> obligations,
        Exemption exemption,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        var names = new SqliteNames(connection, transaction);
        var details = new
        {
            kind = exemption.Kind.ToString(),
            exemption.Until,
            exemption.Why,
            obligations = obligations.Select(key => $"{key.Duty} {key.Period} {key.Area}"),
        };
        var audit = Audit(connection, transaction, exemption.At, exemption.Who, "exemption", details);
        var done = obligations.Count(key => Exempt(connection, transaction, names, key, exemption, audit));
        if (done > 0)
            transaction.Commit();
        return Task.FromResult(done);
    }

    internal static long Audit(
        SqliteConnection connection,
        SqliteTransaction transaction,
        DateTimeOffset at,
        string actor,
        string action,
        object details
    )
    {
        using var audit = connection
            .Prepare(transaction, "INSERT INTO audit (at, actor, action, details) VALUES ($1, $2, $3, $4) RETURNING id", 4)
            .With(at.ToUnixTimeMilliseconds(), actor, action, JsonSerializer.Serialize(details, LedgerJson.Options));
        return (long)(audit.ExecuteScalar() ?? 0L);
    }

    private static int Insert(
        SqliteConnection connection,
        SqliteTransaction transaction,
        SqliteNames names,
        IReadOnlyCollection<Obligation> obligations
    )
    {
        using var insert = connection.Prepare(
            transaction,
            """
            INSERT INTO obligation (duty_id, period, place_id, opens_at, due_at, lead, grace, rule, agency, needs, created_at, whole, parts, lacks, due_now)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $10, $5)
            ON CONFLICT DO UPDATE SET void_at = NULL,
                agency = CASE WHEN due_at > $11 THEN excluded.agency ELSE agency END,
                needs = CASE WHEN due_at > $11 THEN excluded.needs ELSE needs END
            WHERE void_at IS NOT NULL OR due_at > $11 AND (agency <> excluded.agency OR needs <> excluded.needs)
            """,
            13
        );
        var added = new List<(Duty, int, string)>();
        foreach (var obligation in obligations)
        {
            var times = obligation.Times;
            var isNew = insert
                .With(
                    names.Add(obligation.Duty),
                    obligation.Period.Index,
                    names.AddPlace(obligation.Area),
                    times.Opens.ToUnixTimeMilliseconds(),
                    times.Due.ToUnixTimeMilliseconds(),
                    (long)times.Lead.TotalMilliseconds,
                    (long)times.Grace.TotalMilliseconds,
                    names.AddPhrase(times.Rule),
                    names.AddPhrase(obligation.Agency),
                    names.AddPhrase(string.Join(' ', obligation.Needs)),
                    obligation.CreatedAt.ToUnixTimeMilliseconds(),
                    obligation.Whole?.Index,
                    obligation.Parts
                )
                .ExecuteNonQuery();
            if (isNew == 0)
                continue;
            added.Add((obligation.Duty, obligation.Period.Index, obligation.Area));
        }
        using var fulfilment = new SqliteFulfilment(connection);
        fulfilment.UpdateAsync(added, CancellationToken.None).GetAwaiter().GetResult(); // SQLite waits for nothing
        return added.Count;
    }

    private static bool Exempt(
        SqliteConnection connection,
        SqliteTransaction transaction,
        SqliteNames names,
        ObligationKey key,
        Exemption exemption,
        long audit
    )
    {
        if (names.Find(key.Duty) is not { } duty || names.FindPlace(key.Area) is not { } place)
            return false;
        var set = exemption.Kind is ExemptionKind.Extension or ExemptionKind.NoExtension
            ? "due_now = COALESCE($4, due_at)"
            : "waived = $4";
        object? value = exemption.Kind switch
        {
            ExemptionKind.Waiver => 1,
            ExemptionKind.NoWaiver => 0,
            _ => exemption.Until?.ToUnixTimeMilliseconds(),
        };
        using var update = connection
            .Prepare(transaction, $"UPDATE obligation SET {set} WHERE duty_id = $1 AND period = $2 AND place_id = $3", 4)
            .With(duty, key.Period.Index, place, value);
        if (update.ExecuteNonQuery() == 0)
            return false;
        using var insert = connection
            .Prepare(transaction, "INSERT INTO exemption VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)", 9)
            .With(
                duty,
                key.Period.Index,
                place,
                exemption.At.ToUnixTimeMilliseconds(),
                audit,
                (int)exemption.Kind,
                exemption.Until?.ToUnixTimeMilliseconds(),
                exemption.Who,
                exemption.Why
            );
        insert.ExecuteNonQuery();
        return true;
    }

    private static List<(long Id, Duty Duty)> DutiesOf(
        SqliteConnection connection,
        SqliteTransaction transaction,
        ObligationQuery query
    )
    {
        using var command = connection
            .Prepare(
                transaction,
                """
                SELECT set_code, indicator, freq, id FROM duty
                WHERE ($1 IS NULL OR set_code = $1) AND ($2 IS NULL OR indicator = $2) AND ($3 IS NULL OR freq = $3)
                ORDER BY set_code, indicator, instr('HDWMQSA', freq)
                """,
                3
            )
            .With(query.Set, query.Indicator, query.Frequency?.Code());
        using var reader = command.ExecuteReader();
        var found = new List<(long, Duty)>();
        while (reader.Read())
            found.Add((reader.GetInt64(3), ReadDuty(reader, 0)));
        return found;
    }

    // Which numbers the periods of a frequency have that begin by the calendar within the span asked for.
    private static (int First, int Last) Span(ObligationQuery query, Frequency frequency)
    {
        var first = 0;
        if (query.From is { } from)
        {
            var at = Period.At(frequency, from.Start);
            first = at.Start < from.Start ? at.Index + 1 : at.Index;
        }
        return (first, query.To is { } to ? Period.At(frequency, to.End.AddTicks(-1)).Index : int.MaxValue);
    }

    private static Duty ReadDuty(SqliteDataReader reader, int column) =>
        FrequencyCode.TryParse(reader.GetString(column + 2), out var frequency)
            ? new(reader.GetString(column), reader.GetString(column + 1), frequency)
            : throw new InvalidDataException($"The ledger has the frequency '{reader.GetString(column + 2)}'.");
}
