using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Pipeline.Ledger.Claims;
using KpiMetrics.Pipeline.Ledger.Reports;
using KpiMetrics.Pipeline.Ledger.Sql;
using Npgsql;

namespace KpiMetrics.Pipeline.Ledger.Postgres;

/// <summary>One report as one PostgreSQL transaction.</summary>
/// <remarks>
/// Reports of one source into one set wait for each other from the first that they read, where they may speak of the same figure; others only at the end, where
/// what is to be republished is marked and the set's obligations are worked out.
/// </remarks>
internal sealed class PostgresReportTransaction : ReportTransaction
{
    private readonly NpgsqlTransaction transaction;
    private readonly PostgresBatch batch;
    private readonly PostgresIntake intake;
    private readonly int sourceId;
    private readonly PostgresSeriesIds series;
    private readonly PostgresReportRows rows;
    private readonly List<FigureKey> changed = [];
    private (long Mark, long Report)? numbers;
    private bool isHeld;
    private bool? isKept; // null: not known yet

    private PostgresReportTransaction(
        NpgsqlTransaction transaction,
        PostgresBatch batch,
        PostgresIntake intake,
        ReportHeader header,
        int sourceId
    )
        : base(header)
    {
        this.transaction = transaction;
        this.batch = batch;
        this.intake = intake;
        this.sourceId = sourceId;
        series = new(batch, intake);
        rows = new(batch, sourceId);
        foreach (var what in WriteLock.Report(header))
            PostgresDatabase.Lock(batch, what);
        Check("");
        batch.Add(
            "SELECT nextval('audit_id_seq'), nextval('report_id_seq')",
            row => numbers = (row.GetInt64(0), row.GetInt64(1))
        );
    }

    protected override long ReportId => Numbers.Report;

    private (long Mark, long Report) Numbers =>
        numbers ?? throw new InvalidOperationException("Nothing of this report was sent yet.");

    private long RecordedAt => Header.RecordedAt.ToUnixTimeMilliseconds();

    /// <summary>
    /// Asks the server for nothing yet, except where it is to be said at once that the claim is lost: what waits for other reports of the same source into the
    /// same set goes there together with what first reads its statements.
    /// </summary>
    public static async Task<PostgresReportTransaction> BeginAsync(
        PostgresIntake intake,
        ReportHeader header,
        CancellationToken cancellationToken
    )
    {
        var source = await intake.SourceAsync(header.Source, cancellationToken);
        var connection = await intake.ConnectAsync(cancellationToken);
        try
        {
            var begun = await connection.BeginTransactionAsync(cancellationToken);
            var report = new PostgresReportTransaction(begun, new(connection, begun), intake, header, source);
            if (header.Claim is not null) // what is stale already need not be read
                await report.CheckedAsync(cancellationToken);
            return report;
        }
        catch
        {
            await connection.DisposeAsync(); // rolls back
            throw;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await batch.Connection.DisposeAsync();
    }

    protected override Task<IReadOnlyList<(int Id, bool IsNew)>> NumberAsync(
        IReadOnlyList<SeriesKey> series,
        CancellationToken cancellationToken
    ) => this.series.OfAsync(series, cancellationToken);

    protected override Task<IReadOnlyDictionary<FigureKey, KnownFigure>> LoadAsync(
        IReadOnlyList<FigureKey> keys,
        CancellationToken cancellationToken
    ) => rows.LoadAsync(keys, cancellationToken);

    protected override async Task WriteAsync(ReportWrites writes, CancellationToken cancellationToken)
    {
        await rows.InsertAsync(writes.Statements, cancellationToken);
        rows.Confirm(writes.Confirmed, Header.ReceivedAt.ToUnixTimeMilliseconds(), ReportId);
        rows.Forget(writes.Forgotten);
        changed.AddRange(writes.Changed);
    }

    protected override Task KeepAsync(ReportReceipt receipt, string details, CancellationToken cancellationToken)
    {
        batch.Add(
            """
            INSERT INTO report (id, set_code, source_id, name, received_at, stated, recorded, repeated, refused)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """,
            ReportId,
            Header.Set,
            sourceId,
            Header.Name,
            Header.ReceivedAt.ToUnixTimeMilliseconds(),
            Header.ReceivedAtStated ? 1 : 0,
            receipt.Recorded,
            receipt.Repeated,
            receipt.Refused
        );
        batch.Add(
            "INSERT INTO audit (id, at, actor, action, details) VALUES ($1, $2, $3, 'report', $4)",
            Numbers.Mark,
            RecordedAt,
            Header.Actor,
            details
        );
        if (Header.TakenFile is { } file)
            batch.Add("INSERT INTO taken_file (set_code, file) VALUES ($1, $2) ON CONFLICT DO NOTHING", Header.Set, file);
        return Task.CompletedTask;
    }

    protected override Task KeepAsync(PushedReport push, ReadOnlyMemory<byte> answer, CancellationToken cancellationToken)
    {
        // What another one is just pruning need not be waited for.
        var expired = (Header.RecordedAt - IPushReceipts.Kept).ToUnixTimeMilliseconds();
        if (intake.IsPruningDue(Header.RecordedAt))
            batch.Add(
                """
                DELETE FROM push_receipt WHERE (token_id, key) IN (
                    SELECT token_id, key FROM push_receipt WHERE kept_at <= $1 FOR UPDATE SKIP LOCKED
                )
                """,
                expired
            );
        batch.Add(
            """
            WITH kept AS (
                INSERT INTO push_receipt (token_id, key, body_hash, report_id, kept_at, answer)
                VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT (token_id, key) DO UPDATE SET body_hash = excluded.body_hash, report_id = excluded.report_id,
                    kept_at = excluded.kept_at, answer = excluded.answer WHERE push_receipt.kept_at <= $7
                RETURNING 1
            )
            SELECT EXISTS (SELECT 1 FROM kept)
            """,
            row => isKept = row.GetBoolean(0),
            push.Key.TokenId,
            push.Key.Key,
            push.BodyHash.ToArray(),
            ReportId,
            RecordedAt,
            answer.ToArray(),
            expired
        );
        return Task.CompletedTask;
    }

    protected override Task FulfilAsync(
        IReadOnlyCollection<(Duty Duty, int Period, string Area)> reported,
        CancellationToken cancellationToken
    )
    {
        // The last locks of a report, and then no others: what others have committed by then is seen.
        foreach (var set in reported.Select(one => one.Duty.Set).Distinct().Order(StringComparer.Ordinal))
        {
            PostgresDatabase.Lock(batch, WriteLock.Obligations(set));
            batch.Add(CheckStates.Outdate, set);
        }
        rows.Mark(changed, Numbers.Mark, RecordedAt);
        return new PostgresFulfilment(batch).UpdateAsync(reported, cancellationToken);
    }

    protected override Task EnsureBegunAsync(CancellationToken cancellationToken) =>
        numbers is null ? batch.SendAsync(cancellationToken) : Task.CompletedTask;

    protected override async Task CommitAsync(CancellationToken cancellationToken)
    {
        // The last thing before the end: nobody can take the claim in between.
        Check("FOR UPDATE");
        if (Header.Claim is not null || Header.Push is not null && isKept is null)
            await CheckedAsync(cancellationToken);
        if (Header.Push is { } push && isKept != true)
            throw Taken(push);
        await batch.CommitAsync(transaction, cancellationToken);
    }

    private void Check(string locked)
    {
        isHeld = Header.Claim is null;
        if (Header.Claim is { } claim)
            batch.Add(
                $"SELECT 1 FROM claim WHERE name = $1 AND fence = $2 AND holder IS NOT NULL {locked}",
                _ => isHeld = true,
                claim.Name,
                claim.Fence
            );
    }

    private async Task CheckedAsync(CancellationToken cancellationToken)
    {
        await batch.SendAsync(cancellationToken);
        if (!isHeld && Header.Claim is { } claim)
            throw ClaimLostException.Of(claim);
    }
}
