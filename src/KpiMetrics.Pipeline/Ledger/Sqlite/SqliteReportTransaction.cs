using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Pipeline.Ledger.Claims;
using KpiMetrics.Pipeline.Ledger.Reports;
using KpiMetrics.Pipeline.Ledger.Sql;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KpiMetrics.Pipeline.Ledger.Sqlite;

/// <summary>One report as one SQLite transaction. Holds the write lock from its first moment; not for use by two threads at once.</summary>
internal sealed class SqliteReportTransaction : ReportTransaction
{
    private readonly SqliteConnection connection;
    private readonly IDisposable turn;
    private readonly SqliteTransaction transaction;
    private readonly long recordedAt;
    private readonly long mark;
    private readonly long sourceId;
    private readonly SqliteSeriesIds series;
    private readonly SqliteReportRows rows;
    private bool isCommitted;

    /// <param name="turn">Given back when it ends.</param>
    public SqliteReportTransaction(SqliteConnection connection, ReportHeader header, SeriesMemory committed, IDisposable turn)
        : base(header)
    {
        (this.connection, this.turn) = (connection, turn);
        recordedAt = header.RecordedAt.ToUnixTimeMilliseconds();
        transaction = connection.BeginTransaction(deferred: false);
        CheckClaim(); // nobody can take it from now on
        mark = Scalar("SELECT COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'audit'), 0) + 1");
        ReportId = Scalar("SELECT COALESCE(MAX(id), 0) + 1 FROM report");
        sourceId = SourceId(header.Source);
        series = new(connection, transaction, committed);
        rows = new(connection, sourceId);
    }

    protected override long ReportId { get; }

    public override ValueTask DisposeAsync()
    {
        using var over = turn;
        rows.Dispose();
        series.Dispose();
        // On a full disk SQLite has rolled back by itself; the driver would fail to do so again and hide the fault that matters.
        if (!isCommitted && raw.sqlite3_get_autocommit(connection.Handle) != 0)
            SqliteDatabase.Execute(connection, "BEGIN", transaction);
        transaction.Dispose();
        connection.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override Task<IReadOnlyList<(int Id, bool IsNew)>> NumberAsync(
        IReadOnlyList<SeriesKey> series,
        CancellationToken cancellationToken
    )
    {
        var numbers = new List<(int, bool)>(series.Count);
        foreach (var key in series)
        {
            var id = this.series.Of(key);
            numbers.Add((id, this.series.IsNew(id)));
        }
        return Task.FromResult<IReadOnlyList<(int, bool)>>(numbers);
    }

    protected override Task<IReadOnlyDictionary<FigureKey, KnownFigure>> LoadAsync(
        IReadOnlyList<FigureKey> keys,
        CancellationToken cancellationToken
    ) => Task.FromResult(rows.Load(keys));

    protected override Task WriteAsync(ReportWrites writes, CancellationToken cancellationToken)
    {
        rows.Insert(writes.Statements);
        rows.Confirm(writes.Confirmed, Header.ReceivedAt.ToUnixTimeMilliseconds(), ReportId);
        rows.Forget(writes.Forgotten);
        rows.Mark(writes.Changed, mark, recordedAt);
        return Task.CompletedTask;
    }

    protected override Task KeepAsync(ReportReceipt receipt, string details, CancellationToken cancellationToken)
    {
        using var report = Prepare("INSERT INTO report VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)", 9);
        report
            .With(
                ReportId,
                Header.Set,
                sourceId,
                Header.Name,
                Header.ReceivedAt.ToUnixTimeMilliseconds(),
                Header.ReceivedAtStated ? 1 : 0,
                receipt.Recorded,
                receipt.Repeated,
                receipt.Refused
            )
            .ExecuteNonQuery();
        using var audit = Prepare("INSERT INTO audit (id, at, actor, action, details) VALUES ($1, $2, $3, 'report', $4)", 4);
        audit.With(mark, recordedAt, Header.Actor, details).ExecuteNonQuery();
        if (Header.TakenFile is { } file)
        {
            using var taken = Prepare("INSERT INTO taken_file VALUES ($1, $2) ON CONFLICT DO NOTHING", 2);
            taken.With(Header.Set, file).ExecuteNonQuery();
        }
        return Task.CompletedTask;
    }

    protected override Task KeepAsync(PushedReport push, ReadOnlyMemory<byte> answer, CancellationToken cancellationToken)
    {
        using var prune = Prepare("DELETE FROM push_receipt WHERE kept_at <= $1", 1);
        prune.With((Header.RecordedAt - IPushReceipts.Kept).ToUnixTimeMilliseconds()).ExecuteNonQuery();
        using var keep = Prepare("INSERT INTO push_receipt VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING", 6);
        keep.With(push.Key.TokenId, push.Key.Key, push.BodyHash.ToArray(), ReportId, recordedAt, answer.ToArray());
        if (keep.ExecuteNonQuery() == 0)
            throw Taken(push);
        return Task.CompletedTask;
    }

    protected override async Task FulfilAsync(
        IReadOnlyCollection<(Duty Duty, int Period, string Area)> reported,
        CancellationToken cancellationToken
    )
    {
        using var outdate = Prepare(CheckStates.Outdate, 1);
        foreach (var set in reported.Select(one => one.Duty.Set).Distinct(StringComparer.Ordinal))
            outdate.With(set).ExecuteNonQuery();
        using var fulfilment = new SqliteFulfilment(connection);
        await fulfilment.UpdateAsync(reported, cancellationToken);
    }

    protected override Task CommitAsync(CancellationToken cancellationToken)
    {
        transaction.Commit();
        isCommitted = true;
        return Task.CompletedTask;
    }

    private void CheckClaim()
    {
        if (Header.Claim is not { } claim)
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
}
