using KpiMetrics.Core.Obligations;

namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>Writes obligations and what is granted of them, all rows of a call by few statements.</summary>
internal sealed class SqlObligationWriter(SqlSession session, SqlNames names)
{
    private static readonly SqlColumn[] Columns = SqlColumn.Numbers(
        "duty_id",
        "period",
        "place_id",
        "opens_at",
        "due_at",
        "lead",
        "grace",
        "rule",
        "agency",
        "needs",
        "created_at",
        "whole",
        "parts"
    );

    /// <summary>Those that are new, or changed.</summary>
    public async Task<IReadOnlyCollection<(Duty Duty, int Period, string Area)>> InsertAsync(
        IReadOnlyCollection<Obligation> obligations,
        CancellationToken cancellationToken
    )
    {
        var byKey = new Dictionary<(long Duty, int Period, long Place), (Obligation Obligation, object?[] Row)>();
        var again = new List<Obligation>();
        foreach (var obligation in obligations)
        {
            var key = (
                await names.AddAsync(obligation.Duty, cancellationToken),
                obligation.Period.Index,
                await names.AddPlaceAsync(obligation.Area, cancellationToken)
            );
            if (!byKey.TryAdd(key, (obligation, await RowAsync(key, obligation, cancellationToken))))
                again.Add(obligation);
        }
        var changed = new HashSet<(Duty, int, string)>();
        await session.ApplyAsync(
            """
            INSERT INTO obligation (duty_id, period, place_id, opens_at, due_at, lead, grace, rule, agency, needs, created_at, whole, parts, lacks, due_now)
            SELECT duty_id, period, place_id, opens_at, due_at, lead, grace, rule, agency, needs, created_at, whole, parts, needs, due_at
            FROM {rows} AS r WHERE TRUE
            ON CONFLICT (duty_id, period, place_id) DO UPDATE SET void_at = NULL,
                agency = CASE WHEN obligation.due_at > excluded.created_at THEN excluded.agency ELSE obligation.agency END,
                needs = CASE WHEN obligation.due_at > excluded.created_at THEN excluded.needs ELSE obligation.needs END
            WHERE obligation.void_at IS NOT NULL OR obligation.due_at > excluded.created_at
                AND (obligation.agency <> excluded.agency OR obligation.needs <> excluded.needs)
            RETURNING duty_id, period, place_id
            """,
            Columns,
            [.. byKey.OrderBy(entry => entry.Key).Select(entry => entry.Value.Row)],
            row =>
            {
                var (obligation, _) = byKey[(row.GetInt64(0), row.GetInt32(1), row.GetInt64(2))];
                changed.Add((obligation.Duty, obligation.Period.Index, obligation.Area));
            },
            cancellationToken
        );
        if (again.Count > 0)
            changed.UnionWith(await InsertAsync(again, cancellationToken));
        return changed;
    }

    public async Task<int> VoidAsync(
        IReadOnlyCollection<ObligationKey> obligations,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var rows = await RowsAsync(obligations, cancellationToken);
        return await session.ApplyAsync(
            """
            UPDATE obligation SET void_at = r.at FROM {rows} AS r
            WHERE obligation.duty_id = r.duty_id AND obligation.period = r.period AND obligation.place_id = r.place_id
                AND void_at IS NULL AND complete_at IS NULL
            """,
            SqlColumn.Numbers("duty_id", "period", "place_id", "at"),
            [.. rows.Select(row => (object?[])[.. row, at])],
            cancellationToken
        );
    }

    /// <summary>How many there were of them; nothing is written where there were none.</summary>
    public async Task<int> ExemptAsync(
        IReadOnlyCollection<ObligationKey> obligations,
        Exemption exemption,
        CancellationToken cancellationToken
    )
    {
        var set = exemption.Kind is ExemptionKind.Extension or ExemptionKind.NoExtension
            ? "due_now = COALESCE($4, due_at)"
            : "waived = $4";
        object? value = exemption.Kind switch
        {
            ExemptionKind.Waiver => 1L,
            ExemptionKind.NoWaiver => 0L,
            _ => exemption.Until,
        };
        await using var update = session.Prepare(
            $"UPDATE obligation SET {set} WHERE duty_id = $1 AND period = $2 AND place_id = $3"
        );
        var found = new List<object?[]>();
        foreach (var row in await RowsAsync(obligations, cancellationToken))
        {
            if (await update.ExecuteAsync([.. row, value], cancellationToken) > 0)
                found.Add(row);
        }
        if (found.Count == 0)
            return 0;
        var details = new
        {
            kind = exemption.Kind.ToString(),
            exemption.Until,
            exemption.Why,
            obligations = obligations.Select(key => $"{key.Duty} {key.Period} {key.Area}"),
        };
        var audit = await session.AuditAsync(exemption.At, exemption.Who, "exemption", details, cancellationToken);
        await using var insert = session.Prepare("INSERT INTO exemption VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");
        foreach (var row in found)
        {
            await insert.ExecuteAsync(
                [.. row, exemption.At, audit, (int)exemption.Kind, exemption.Until, exemption.Who, exemption.Why],
                cancellationToken
            );
        }
        return found.Count;
    }

    private async Task<object?[]> RowAsync(
        (long Duty, int Period, long Place) key,
        Obligation obligation,
        CancellationToken cancellationToken
    )
    {
        var times = obligation.Times;
        return
        [
            key.Duty,
            key.Period,
            key.Place,
            times.Opens,
            times.Due,
            times.Lead,
            times.Grace,
            await names.AddPhraseAsync(times.Rule, cancellationToken),
            await names.AddPhraseAsync(obligation.Agency, cancellationToken),
            await names.AddPhraseAsync(string.Join(' ', obligation.Needs), cancellationToken),
            obligation.CreatedAt,
            obligation.Whole?.Index,
            obligation.Parts,
        ];
    }

    // Those that are known at all, each once, in the order of their keys.
    private async Task<List<object?[]>> RowsAsync(
        IReadOnlyCollection<ObligationKey> obligations,
        CancellationToken cancellationToken
    )
    {
        var keys = new SortedSet<(long Duty, int Period, long Place)>();
        foreach (var key in obligations)
        {
            if (
                await names.FindAsync(key.Duty, cancellationToken) is { } duty
                && await names.FindPlaceAsync(key.Area, cancellationToken) is { } place
            )
                keys.Add((duty, key.Period.Index, place));
        }
        return [.. keys.Select(key => (object?[])[key.Duty, key.Period, key.Place])];
    }
}
