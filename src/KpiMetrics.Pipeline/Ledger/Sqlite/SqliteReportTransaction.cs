using System.Collections.Concurrent;
using System.Text.Json;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger.Sql;
using KpiMetrics.Pipeline.Ledger.Claims;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KpiMetrics.Pipeline.Ledger.Sqlite;

/// <summary>One report as one SQLite transaction. Holds the write lock from its first moment; not for use by two threads.</summary>
/// <remarks>
/// A source that repeats its latest statement is not given a row each time: the time of the last repetition is kept, and becomes a
/// row if a different statement is later entered for a time before it. So the order of entry never changes what counts now; of
/// repetitions seen by our own clock only the last is known, so history entered between them may show for a while in as-of views.
/// </remarks>
internal sealed class SqliteReportTransaction : IReportTransaction
{
    private readonly SqliteConnection connection;
    private readonly SqliteTransaction transaction;
    private readonly ReportHeader header;
    private readonly long receivedAt;
    private readonly long recordedAt;
    private readonly long mark;
    private readonly long reportId;
    private readonly long sourceId;
    private readonly SqliteSeriesIds series;
    private readonly Dictionary<Key, (int Place, Content Content)> statedHere = [];
    private readonly HashSet<(Duty Duty, int Period, string Area)> reported = [];
    private readonly SqliteCommand selectBefore;
    private readonly SqliteCommand selectSame;
    private readonly SqliteCommand selectOther;
    private readonly SqliteCommand selectBetween;
    private readonly SqliteCommand selectConfirmation;
    private readonly SqliteCommand insert;
    private readonly SqliteCommand confirm;
    private readonly SqliteCommand forgetConfirmation;
    private readonly SqliteCommand markChanged;
    private int appended;
    private int recorded;
    private int repeated;
    private bool isCommitted;

    public SqliteReportTransaction(
        SqliteConnection connection,
        ReportHeader header,
        ConcurrentDictionary<SeriesKey, int> committed
    )
    {
        this.connection = connection;
        this.header = header;
        receivedAt = header.ReceivedAt.ToUnixTimeMilliseconds();
        recordedAt = header.RecordedAt.ToUnixTimeMilliseconds();
        transaction = connection.BeginTransaction(deferred: false);
        CheckClaim(); // nobody can take it from now on
        mark = Scalar("SELECT COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'audit'), 0) + 1");
        reportId = Scalar("SELECT COALESCE(MAX(id), 0) + 1 FROM report");
        sourceId = SourceId(header.Source);
        series = new(connection, transaction, committed);
        const string Key = "series_id = $1 AND period = $2 AND source_id = $3 AND vintage = $4";
        selectBefore = Prepare(
            $"SELECT received_at, number, text, status, report_id, note FROM observation WHERE {Key} AND received_at <= $5 ORDER BY received_at DESC, report_id DESC LIMIT 1",
            5
        );
        selectSame = Prepare(
            $"SELECT 1 FROM observation WHERE {Key} AND received_at = $5 AND number IS $6 AND text IS $7 AND status = $8",
            8
        );
        selectOther = Prepare(
            $"SELECT 1 FROM observation WHERE {Key} AND received_at = $5 AND NOT (number IS $6 AND text IS $7 AND status = $8)",
            8
        );
        selectBetween = Prepare($"SELECT 1 FROM observation WHERE {Key} AND received_at > $5 AND received_at <= $6", 6);
        selectConfirmation = Prepare($"SELECT received_at, report_id FROM confirmation WHERE {Key}", 4);
        insert = Prepare("INSERT INTO observation VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)", 10);
        confirm = Prepare(
            """
            INSERT INTO confirmation VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT DO UPDATE SET received_at = excluded.received_at, report_id = excluded.report_id
            WHERE excluded.received_at >= received_at
            """,
            6
        );
        forgetConfirmation = Prepare($"DELETE FROM confirmation WHERE {Key}", 4);
        markChanged = Prepare(
            "INSERT INTO outbox VALUES ($1, $2, $3, $4) ON CONFLICT DO UPDATE SET mark = excluded.mark, marked_at = excluded.marked_at",
            4
        );
    }

    public ValueTask<AppendOutcome> AppendAsync(
        SeriesKey series,
        Period period,
        FigureValue value,
        char status,
        Vintage vintage,
        string? note,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var key = new Key(this.series.Of(series), period.Index, sourceId, (int)vintage);
        var outcome = Append(key, new(StoredValue.Digits(value), value.Text, status.ToString(), note));
        if (outcome == AppendOutcome.Recorded)
        {
            recorded++;
            reported.Add((new(series.Set, series.Indicator, series.Frequency), period.Index, series.Area));
        }
        else if (outcome == AppendOutcome.Repeated)
            repeated++;
        return ValueTask.FromResult(outcome);
    }

    public EarlierStatement FindStated(SeriesKey series, Period period, Vintage vintage)
    {
        var key = new Key(this.series.Of(series), period.Index, sourceId, (int)vintage);
        if (!statedHere.TryGetValue(key, out var stated))
            throw new InvalidOperationException($"This report has not stated {series.Measure}, {period}.");
        var (place, content) = stated;
        return new(place, StoredValue.Read(content.Number, content.Text), content.Status[0]);
    }

    public Task<ReportReceipt> CommitAsync(int refused, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var report = Prepare("INSERT INTO report VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)", 9);
        report
            .With(
                reportId,
                header.Set,
                sourceId,
                header.Name,
                receivedAt,
                header.ReceivedAtStated ? 1 : 0,
                recorded,
                repeated,
                refused
            )
            .ExecuteNonQuery();
        var details = JsonSerializer.Serialize(
            new
            {
                set = header.Set,
                source = header.Source,
                name = header.Name,
                report = reportId,
                recorded,
                repeated,
                refused,
            },
            LedgerJson.Options
        );
        using var audit = Prepare("INSERT INTO audit (id, at, actor, action, details) VALUES ($1, $2, $3, 'report', $4)", 4);
        audit.With(mark, recordedAt, header.Actor, details).ExecuteNonQuery();
        if (header.TakenFile is { } file)
        {
            using var taken = Prepare("INSERT INTO taken_file VALUES ($1, $2) ON CONFLICT DO NOTHING", 2);
            taken.With(header.Set, file).ExecuteNonQuery();
        }
        UpdateObligations();
        var receipt = new ReportReceipt(reportId, recorded, repeated, refused);
        if (header.Push is { } push)
            Keep(push, receipt);
        transaction.Commit();
        isCommitted = true;
        return Task.FromResult(receipt);
    }

    private void Keep(PushedReport push, ReportReceipt receipt)
    {
        using var prune = Prepare("DELETE FROM push_receipt WHERE kept_at <= $1", 1);
        prune.With((header.RecordedAt - IPushReceipts.Kept).ToUnixTimeMilliseconds()).ExecuteNonQuery();
        using var keep = Prepare("INSERT INTO push_receipt VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING", 6);
        var (key, hash, answer) = push;
        keep.With(key.TokenId, key.Key, hash.ToArray(), reportId, recordedAt, answer(receipt).ToArray());
        if (keep.ExecuteNonQuery() == 0)
            throw new PushTakenException($"The push '{key.Key}' of token {key.TokenId} was taken meanwhile.");
    }

    public ValueTask DisposeAsync()
    {
        foreach (
            var command in (SqliteCommand[])
                [
                    selectBefore,
                    selectSame,
                    selectOther,
                    selectBetween,
                    selectConfirmation,
                    insert,
                    confirm,
                    forgetConfirmation,
                    markChanged,
                ]
        )
            command.Dispose();
        series.Dispose();
        // On a full disk SQLite has rolled back by itself; the driver would fail to do so again and hide the fault that matters.
        if (!isCommitted && raw.sqlite3_get_autocommit(connection.Handle) != 0)
            SqliteDatabase.Execute(connection, "BEGIN", transaction);
        transaction.Dispose();
        connection.Dispose();
        return ValueTask.CompletedTask;
    }

    private void UpdateObligations()
    {
        using var fulfilment = new SqliteFulfilment(connection, transaction, new(connection, transaction));
        foreach (var (duty, period, area) in reported)
            fulfilment.Update(duty, period, area);
    }

    private AppendOutcome Append(Key key, Content content)
    {
        if (!statedHere.TryAdd(key, (appended++, content)))
            return statedHere[key].Content.SaysTheSameAs(content) ? AppendOutcome.Repeated : AppendOutcome.Contradicted;
        var at = receivedAt;
        if (!series.IsNew(key.Series) && ReadBefore(key) is { } before)
        {
            if (header.ReceivedAtStated)
            {
                if (before.ReceivedAt == receivedAt && IsKnownAtThisInstant(key, content))
                    return AppendOutcome.Repeated;
                RestateAfter(key, before, content);
            }
            else if (before.Content.SaysTheSameAs(content) && !IsContestedAt(key, before))
            {
                confirm.With(key.Series, key.Period, key.Source, key.Vintage, receivedAt, reportId).ExecuteNonQuery();
                return AppendOutcome.Repeated;
            }
            else
            {
                at = AfterAllThatWasSaid(key, before);
            }
        }
        Insert(key, at, reportId, content);
        markChanged.With(key.Series, key.Period, mark, recordedAt).ExecuteNonQuery();
        return AppendOutcome.Recorded;
    }

    // Our clock may have been set back: what comes later must not look earlier.
    private long AfterAllThatWasSaid(Key key, Stored before)
    {
        var last = Math.Max(before.ReceivedAt, ReadConfirmation(key)?.ReceivedAt ?? 0);
        return receivedAt > last ? receivedAt : last + 1;
    }

    /// <summary>Something new falls before the last repetition of what was said before it: that repetition now counts as a statement.</summary>
    private void RestateAfter(Key key, Stored before, Content content)
    {
        if (before.Content.SaysTheSameAs(content) || ReadConfirmation(key) is not { } last || last.ReceivedAt <= receivedAt)
            return;
        if (
            selectBetween.With(key.Series, key.Period, key.Source, key.Vintage, receivedAt, last.ReceivedAt).ExecuteScalar()
            is not null
        )
            return; // the repetition was of a later statement
        Insert(key, last.ReceivedAt, last.ReportId, before.Content);
        forgetConfirmation.With(key.Series, key.Period, key.Source, key.Vintage).ExecuteNonQuery();
    }

    /// <summary>Two reports stated for one instant: which of them counts is not ours to say, so a repetition is a statement.</summary>
    private bool IsContestedAt(Key key, Stored before) =>
        selectOther
            .With(
                key.Series,
                key.Period,
                key.Source,
                key.Vintage,
                before.ReceivedAt,
                before.Content.Number,
                before.Content.Text,
                before.Content.Status
            )
            .ExecuteScalar()
            is not null;

    private bool IsKnownAtThisInstant(Key key, Content content) =>
        selectSame
            .With(key.Series, key.Period, key.Source, key.Vintage, receivedAt, content.Number, content.Text, content.Status)
            .ExecuteScalar()
            is not null;

    private Stored? ReadBefore(Key key)
    {
        var until = header.ReceivedAtStated ? receivedAt : long.MaxValue;
        using var reader = selectBefore.With(key.Series, key.Period, key.Source, key.Vintage, until).ExecuteReader();
        return reader.Read()
            ? new(
                reader.GetInt64(0),
                reader.GetInt64(4),
                new(reader.TextOrNull(1), reader.TextOrNull(2), reader.GetString(3), reader.TextOrNull(5))
            )
            : null;
    }

    private (long ReceivedAt, long ReportId)? ReadConfirmation(Key key)
    {
        using var reader = selectConfirmation.With(key.Series, key.Period, key.Source, key.Vintage).ExecuteReader();
        return reader.Read() ? (reader.GetInt64(0), reader.GetInt64(1)) : null;
    }

    private void Insert(Key key, long at, long report, Content content) =>
        insert
            .With(
                key.Series,
                key.Period,
                at,
                key.Source,
                key.Vintage,
                report,
                content.Number,
                content.Text,
                content.Status,
                content.Note
            )
            .ExecuteNonQuery();

    private void CheckClaim()
    {
        if (header.Claim is not { } claim)
            return;
        using var check = Prepare("SELECT 1 FROM claim WHERE name = $1 AND fence = $2 AND holder IS NOT NULL", 2);
        if (check.With(claim.Name, claim.Fence).ExecuteScalar() is null)
            throw ClaimLostException.Of(claim);
    }

    private long SourceId(string name)
    {
        using var add = Prepare("INSERT INTO source (name) VALUES ($1) ON CONFLICT DO NOTHING", 1);
        add.With(name).ExecuteNonQuery();
        using var find = Prepare("SELECT id FROM source WHERE name = $1", 1);
        return (long)(find.With(name).ExecuteScalar() ?? throw new InvalidDataException($"The source '{name}' was not kept."));
    }

    private long Scalar(string sql)
    {
        using var command = Prepare(sql, 0);
        return (long)(command.ExecuteScalar() ?? 0L);
    }

    private SqliteCommand Prepare(string sql, int parameters) => connection.Prepare(transaction, sql, parameters);

    private readonly record struct Key(int Series, int Period, long Source, int Vintage);

    private sealed record Stored(long ReceivedAt, long ReportId, Content Content);

    private sealed record Content(string? Number, string? Text, string Status, string? Note)
    {
        public bool SaysTheSameAs(Content other) => Number == other.Number && Text == other.Text && Status == other.Status;
    }
}
