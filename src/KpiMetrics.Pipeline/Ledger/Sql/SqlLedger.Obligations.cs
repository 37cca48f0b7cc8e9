using System.Runtime.CompilerServices;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger.Claims;

namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>The ledger's obligations.</summary>
public abstract partial class SqlLedger
{
    private const string StillOpen = "complete_at IS NULL AND void_at IS NULL AND waived = 0";

    public async Task<IReadOnlyDictionary<Duty, Period>> ReadPlannedAsync(string fingerprint, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        var planned = await session.ReadAsync(
            """
            SELECT set_code, indicator, freq, planned FROM duty
            WHERE planned IS NOT NULL AND EXISTS (SELECT 1 FROM obligation_plan WHERE fingerprint = $1)
            """,
            [fingerprint],
            row => (Duty: row.Duty(0), Index: row.GetInt32(3)),
            cancellationToken
        );
        return planned.ToDictionary(row => row.Duty, row => Period.FromIndex(row.Duty.Frequency, row.Index));
    }

    public Task<int> CreateAsync(
        IReadOnlyCollection<Obligation> obligations,
        IReadOnlyDictionary<Duty, Period> planned,
        Claim? claim,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync(
            LocksOf(obligations.Select(obligation => obligation.Duty).Concat(planned.Keys)),
            async session =>
            {
                var names = new SqlNames(session);
                var changed = await new SqlObligationWriter(session, names).InsertAsync(obligations, cancellationToken);
                await FulfilAsync(session, changed, cancellationToken);
                await using var plan = session.Prepare("UPDATE duty SET planned = $2 WHERE id = $1");
                foreach (var (duty, period) in planned)
                    await plan.ExecuteAsync([await names.AddAsync(duty, cancellationToken), period.Index], cancellationToken);
                await session.CheckAsync(claim, cancellationToken); // the last thing before the end: renewing it need not wait
                return changed.Count;
            },
            cancellationToken
        );

    public Task AdoptPlanAsync(string fingerprint, Claim? claim, CancellationToken cancellationToken) =>
        database.WriteAsync(
            [WriteLock.ObligationPlan],
            async session =>
            {
                await session.ExecuteAsync("DELETE FROM obligation_plan", [], cancellationToken);
                await session.ExecuteAsync("INSERT INTO obligation_plan VALUES ($1)", [fingerprint], cancellationToken);
                await session.CheckAsync(claim, cancellationToken);
                return fingerprint;
            },
            cancellationToken
        );

    public async Task<int> VoidAsync(
        IReadOnlyCollection<ObligationKey> obligations,
        string why,
        DateTimeOffset at,
        Claim? claim,
        CancellationToken cancellationToken
    )
    {
        if (obligations.Count == 0)
            return 0;
        return await database.WriteAsync(
            LocksOf(obligations.Select(key => key.Duty)),
            async session =>
            {
                var done = await new SqlObligationWriter(session, new(session)).VoidAsync(obligations, at, cancellationToken);
                await session.AuditAsync(at, "worker", "obligation-void", new { obligations = done, why }, cancellationToken);
                await session.CheckAsync(claim, cancellationToken);
                return done;
            },
            cancellationToken
        );
    }

    public Task<int> ExemptAsync(
        IReadOnlyCollection<ObligationKey> obligations,
        Exemption exemption,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync(
            LocksOf(obligations.Select(key => key.Duty)),
            session => new SqlObligationWriter(session, new(session)).ExemptAsync(obligations, exemption, cancellationToken),
            cancellationToken
        );

    public async IAsyncEnumerable<Obligation> ReadAsync(
        ObligationQuery query,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var session = await database.OpenSnapshotAsync(cancellationToken);
        var rows = new SqlObligationRows(session);
        var onlyOpen = query.OnlyOpen ? $"AND {StillOpen}" : "";
        await using var select = session.Prepare(
            $"""
            {SqlObligationRows.Select}
            WHERE duty_id = $1 AND period BETWEEN $2 AND $3 {(query.WithVoid ? "" : "AND void_at IS NULL")} {onlyOpen}
            ORDER BY period, place_id
            """
        );
        foreach (var (dutyId, duty) in await DutiesOfAsync(session, query, cancellationToken))
        {
            var exemptions = await rows.ExemptionsAsync(dutyId, cancellationToken);
            var (first, last) = Span(query, duty.Frequency);
            await using var reader = await select.With([dutyId, first, last]).ExecuteReaderAsync(cancellationToken);
            // Places have numbers in the order in which they were met; a period's obligations are given in the order of their areas.
            var period = new List<Obligation>();
            while (await reader.ReadAsync(cancellationToken))
            {
                if (query.Areas?.Contains(rows.AreaOf(reader)) == false)
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
    }

    public async Task<IReadOnlyList<OpenPeriod>> ReadOpenAsync(Duty duty, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        if (await new SqlNames(session).FindAsync(duty, cancellationToken) is not { } id)
            return [];
        return await session.ReadAsync(
            $"""
            SELECT period, COUNT(*), MIN(due_now) FROM obligation {database.ByOpen}
            WHERE duty_id = $1 AND opens_at <= $2 AND {StillOpen} GROUP BY period ORDER BY period
            """,
            [id, at],
            row => new OpenPeriod(Period.FromIndex(duty.Frequency, row.GetInt32(0)), row.GetInt32(1), row.Instant(2)),
            cancellationToken
        );
    }

    public async Task<OpenCounts> CountOpenAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        var counts = await session.ReadAsync(
            $"""
            SELECT COUNT(*), COUNT(CASE WHEN due_now + grace <= $1 THEN 1 END) FROM obligation
            WHERE due_now <= $1 AND {StillOpen}
            """,
            [at.AddSeconds(-1)], // a deadline lasts to the end of its second
            row => new OpenCounts(row.GetInt64(0), row.GetInt64(1)),
            cancellationToken
        );
        return counts[0];
    }

    private static WriteLock[] LocksOf(IEnumerable<Duty> duties) =>
        [.. duties.Select(duty => duty.Set).Distinct().Order(StringComparer.Ordinal).Select(WriteLock.Obligations)];

    private static Task<List<(long Id, Duty Duty)>> DutiesOfAsync(
        SqlSession session,
        ObligationQuery query,
        CancellationToken cancellationToken
    ) =>
        session.ReadAsync(
            """
            SELECT set_code, indicator, freq, id FROM duty
            WHERE (CAST($1 AS TEXT) IS NULL OR set_code = $1) AND (CAST($2 AS TEXT) IS NULL OR indicator = $2)
              AND (CAST($3 AS TEXT) IS NULL OR freq = $3)
            ORDER BY set_code, indicator,
                CASE freq WHEN 'H' THEN 1 WHEN 'D' THEN 2 WHEN 'W' THEN 3 WHEN 'M' THEN 4 WHEN 'Q' THEN 5 WHEN 'S' THEN 6 ELSE 7 END
            """,
            [query.Set, query.Indicator, query.Frequency?.Code()],
            row => (row.GetInt64(3), row.Duty(0)),
            cancellationToken
        );

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
}
