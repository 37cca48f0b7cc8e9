using System.Collections.Concurrent;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Pipeline.Ledger.Claims;
using KpiMetrics.Pipeline.Ledger.Reports;
using KpiMetrics.Pipeline.Ledger.Sql;
using Npgsql;

namespace KpiMetrics.Pipeline.Ledger.Postgres;

/// <summary>One report as one PostgreSQL transaction.</summary>
/// <remarks>
/// Reports of one source into one set wait for each other from their first moment; those of different sources only at the end, where what is to be
/// republished is marked and the set's obligations are worked out.
/// </remarks>
internal sealed class PostgresReportTransaction : ReportTransaction
{
    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction transaction;
    private readonly long mark;
    private readonly int sourceId;
    private readonly PostgresSeriesIds series;
    private readonly PostgresReportRows rows;
    private readonly List<FigureKey> changed = [];

    private PostgresReportTransaction(
        NpgsqlTransaction transaction,
        NpgsqlConnection connection,
        ReportHeader header,
        Func<CancellationToken, ValueTask<NpgsqlConnection>> open,
        ConcurrentDictionary<SeriesKey, int> committed,
        (long Mark, long Report, int Source) numbers
    )
        : base(header)
    {
        this.connection = connection;
        this.transaction = transaction;
        (mark, ReportId, sourceId) = numbers;
        series = new(connection, transaction, open, committed);
        rows = new(connection, transaction, sourceId);
    }

    protected override long ReportId { get; }

    private long RecordedAt => Header.RecordedAt.ToUnixTimeMilliseconds();

    /// <summary>Waits for other reports of the same source into the same set.</summary>
    /// <param name="open">Opens a connection.</param>
    /// <param name="committed">Numbers of series that are known, to be added to.</param>
    public static async Task<PostgresReportTransaction> BeginAsync(
        Func<CancellationToken, ValueTask<NpgsqlConnection>> open,
        ReportHeader header,
        ConcurrentDictionary<SeriesKey, int> committed,
        CancellationToken cancellationToken
    )
    {
        var opened = await open(cancellationToken);
        try
        {
            var source = await SourceAsync(opened, header.Source, cancellationToken);
            var begun = await opened.BeginTransactionAsync(cancellationToken);
            await PostgresDatabase.LockAsync(opened, begun, WriteLock.Report(header.Set, header.Source), cancellationToken);
            await CheckAsync(opened, begun, header.Claim, "", cancellationToken); // what is stale already need not be read
            const string Next = "SELECT nextval('audit_id_seq'), nextval('report_id_seq')";
            var (mark, report) = (
                await opened.Command(begun, Next).ReadAsync(row => (row.GetInt64(0), row.GetInt64(1)), cancellationToken)
            ).Single();
            return new(begun, opened, header, open, committed, (mark, report, source));
        }
        catch
        {
            await opened.DisposeAsync(); // rolls back
            throw;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
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
        await rows.ConfirmAsync(writes.Confirmed, Header.ReceivedAt.ToUnixTimeMilliseconds(), ReportId, cancellationToken);
        await rows.ForgetAsync(writes.Forgotten, cancellationToken);
        changed.AddRange(writes.Changed);
    }

    protected override async Task KeepAsync(ReportReceipt receipt, string details, CancellationToken cancellationToken)
    {
        await Command(
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
            )
            .ExecuteAsync(cancellationToken);
        await Command(
                "INSERT INTO audit (id, at, actor, action, details) VALUES ($1, $2, $3, 'report', $4)",
                mark,
                RecordedAt,
                Header.Actor,
                details
            )
            .ExecuteAsync(cancellationToken);
        if (Header.TakenFile is { } file)
            await Command("INSERT INTO taken_file (set_code, file) VALUES ($1, $2) ON CONFLICT DO NOTHING", Header.Set, file)
                .ExecuteAsync(cancellationToken);
    }

    protected override async Task<bool> KeepAsync(
        PushedReport push,
        ReadOnlyMemory<byte> answer,
        CancellationToken cancellationToken
    )
    {
        // What another one is just pruning need not be waited for.
        await Command(
                """
                DELETE FROM push_receipt WHERE (token_id, key) IN (
                    SELECT token_id, key FROM push_receipt WHERE kept_at <= $1 FOR UPDATE SKIP LOCKED
                )
                """,
                (Header.RecordedAt - IPushReceipts.Kept).ToUnixTimeMilliseconds()
            )
            .ExecuteAsync(cancellationToken);
        var kept = await Command(
                """
                INSERT INTO push_receipt (token_id, key, body_hash, report_id, kept_at, answer)
                VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING
                """,
                push.Key.TokenId,
                push.Key.Key,
                push.BodyHash.ToArray(),
                ReportId,
                RecordedAt,
                answer.ToArray()
            )
            .ExecuteAsync(cancellationToken);
        return kept > 0;
    }

    protected override async Task FulfilAsync(
        IReadOnlyCollection<(Duty Duty, int Period, string Area)> reported,
        CancellationToken cancellationToken
    )
    {
        // The last locks of a report, and then no others: what others have committed by then is seen.
        foreach (var set in reported.Select(one => one.Duty.Set).Distinct().Order(StringComparer.Ordinal))
            await PostgresDatabase.LockAsync(connection, transaction, WriteLock.Obligations(set), cancellationToken);
        await rows.MarkAsync(changed, mark, RecordedAt, cancellationToken);
        await new PostgresFulfilment(connection, transaction).UpdateAsync(reported, cancellationToken);
    }

    protected override async Task CommitAsync(CancellationToken cancellationToken)
    {
        // The last thing before the end: nobody can take the claim in between.
        await CheckAsync(connection, transaction, Header.Claim, "FOR UPDATE", cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task CheckAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        Claim? claim,
        string locked,
        CancellationToken cancellationToken
    )
    {
        if (claim is null)
            return;
        var held = await connection
            .Command(
                transaction,
                $"SELECT 1 FROM claim WHERE name = $1 AND fence = $2 AND holder IS NOT NULL {locked}",
                claim.Name,
                claim.Fence
            )
            .ReadAsync(row => row.GetInt32(0), cancellationToken);
        if (held.Count == 0)
            throw ClaimLostException.Of(claim);
    }

    // By itself and at once: a source is no figure, and a report that waits for it would wait for a whole other report.
    private static async Task<int> SourceAsync(NpgsqlConnection connection, string name, CancellationToken cancellationToken)
    {
        if (await FindAsync() is { } known)
            return known;
        await connection
            .Command(null, "INSERT INTO source (name) VALUES ($1) ON CONFLICT DO NOTHING", name)
            .ExecuteAsync(cancellationToken);
        return await FindAsync() ?? throw new InvalidDataException($"The source '{name}' was not kept.");

        async Task<int?> FindAsync()
        {
            await using var find = connection.Command(null, "SELECT id FROM source WHERE name = $1", name);
            return await find.ExecuteScalarAsync(cancellationToken) as int?;
        }
    }

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<object?> values) =>
        connection.Command(transaction, sql, values);
}
