using System.Globalization;
using System.Text.Json;
using KpiMetrics.Core.Derivation.Plans;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>One report of plans as one transaction. Holds the lock of its set's plans from its first moment; not for use by two threads.</summary>
/// <remarks>
/// A repetition seen by our own clock is counted and not stored. One of a report whose sender named the instant is stored unless the same
/// was said at that instant, so that the order in which history is entered does not matter; <see cref="PlanVersions"/> passes over it.
/// </remarks>
internal sealed class SqlPlanTransaction(SqlDatabase database, SqlSession session, ReportHeader header, long auditId)
    : IPlanTransaction
{
    private readonly SqlStatement select = session.Prepare(SqlPlanRows.SelectOfPeriod);

    private readonly SqlStatement insert = session.Prepare(
        "INSERT INTO plan VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
    );

    private readonly Dictionary<(PlanKey Key, string Scheme, Period Stated, PlanKind Kind), PlanVersion> statedHere = [];
    private readonly HashSet<(PlanKey Key, int Year)> changed = [];
    private int recorded;
    private int repeated;

    public async ValueTask<AppendOutcome> AppendAsync(
        PlanKey key,
        PlanVersion version,
        IReadOnlyCollection<string> furtherMeasures,
        CancellationToken cancellationToken
    )
    {
        if (version.ReceivedAt != header.ReceivedAt)
            throw new ArgumentException(
                $"The plan was received at {version.ReceivedAt:O}, its report at {header.ReceivedAt:O}.",
                nameof(version)
            );
        var outcome = await AppendAsync(key, version, cancellationToken);
        if (outcome == AppendOutcome.Repeated)
            repeated++;
        if (outcome is AppendOutcome.Repeated or AppendOutcome.Contradicted)
            return outcome;
        recorded++;
        changed.Add((key, version.Stated.Year));
        foreach (var measure in furtherMeasures)
            changed.Add((key with { Measure = measure }, version.Stated.Year));
        return outcome;
    }

    public async Task<ReportReceipt> CommitAsync(int refused, CancellationToken cancellationToken)
    {
        var details = new
        {
            set = header.Set,
            source = header.Source,
            name = header.Name,
            received_at = header.ReceivedAt.ToString("O", CultureInfo.InvariantCulture),
            recorded,
            repeated,
            refused,
        };
        await session.ExecuteAsync(
            "INSERT INTO audit (id, at, actor, action, details) VALUES ($1, $2, $3, 'plan', $4)",
            [auditId, header.RecordedAt, header.Actor, JsonSerializer.Serialize(details, LedgerJson.Options)],
            cancellationToken
        );
        await MarkChangedAsync(cancellationToken);
        if (recorded > 0)
            await session.ExecuteAsync(CheckStates.Outdate, [header.Set], cancellationToken);
        await session.CommitAsync(cancellationToken);
        return new(auditId, recorded, repeated, refused);
    }

    public async ValueTask DisposeAsync()
    {
        await select.DisposeAsync();
        await insert.DisposeAsync();
        await session.DisposeAsync();
    }

    private async Task<AppendOutcome> AppendAsync(PlanKey key, PlanVersion version, CancellationToken cancellationToken)
    {
        if (!statedHere.TryAdd((key, version.Scheme, version.Stated, version.Kind), version))
        {
            var first = statedHere[(key, version.Scheme, version.Stated, version.Kind)];
            return first.SaysTheSameAs(version) ? AppendOutcome.Repeated : AppendOutcome.Contradicted;
        }
        object?[] place =
        [
            key.Set,
            key.Measure,
            key.Subject,
            key.Area,
            version.Scheme,
            version.Stated.Year,
            version.Stated.ToString(),
            header.ReceivedAt,
        ];
        var before = await select.ReadAsync(place, SqlPlanRows.Read, cancellationToken);
        var receivedAt = header.ReceivedAt.ToUnixTimeMilliseconds();
        var ofInstant = before.FindAll(other =>
            other.Kind == version.Kind && other.ReceivedAt.ToUnixTimeMilliseconds() == receivedAt
        );
        var isKnown = header.ReceivedAtStated
            ? ofInstant.Exists(version.SaysTheSameAs)
            : PlanVersions.IsRepetition(version, before);
        if (isKnown)
            return AppendOutcome.Repeated;
        await insert.ExecuteAsync(
            [.. place, (int)version.Kind, auditId, version.Value, version.Decision, version.Note],
            cancellationToken
        );
        return header.ReceivedAtStated && ofInstant.Count > 0 ? AppendOutcome.Contested : AppendOutcome.Recorded;
    }

    // Also the points of figures that nobody reported: of an area summed from others, or before its first day.
    private async Task MarkChangedAsync(CancellationToken cancellationToken)
    {
        var spans = new SortedSet<(int Series, int First, int Last, int Year)>();
        await using var find = session.Prepare(
            "SELECT id, freq FROM series WHERE set_code = $1 AND measure = $2 AND subject = $3 AND area = $4"
        );
        foreach (var (key, year) in changed)
        {
            var series = await find.ReadAsync(
                [key.Set, key.Measure, key.Subject, key.Area],
                row => (Id: row.GetInt32(0), First: Period.Of(row.Frequency(1), year)),
                cancellationToken
            );
            foreach (var (id, first) in series)
                spans.Add((id, first.Index, first.LastOfYear.Index, year));
        }
        await using var mark = session.Prepare(
            $"""
            INSERT INTO outbox (series_id, period, mark, marked_at) SELECT series_id, period, $4, $5 FROM (
                SELECT series_id, period FROM observation
                WHERE series_id = $1 AND period BETWEEN $2 AND $3 {database.AndYearBetween("$6", "$6")}
                UNION SELECT series_id, period FROM published WHERE series_id = $1 AND period BETWEEN $2 AND $3
            ) AS changed WHERE TRUE
            ON CONFLICT (series_id, period) DO UPDATE SET mark = excluded.mark, marked_at = excluded.marked_at
            """
        );
        foreach (var (series, first, last, year) in spans)
            await mark.ExecuteAsync([series, first, last, auditId, header.RecordedAt, year], cancellationToken);
    }
}
