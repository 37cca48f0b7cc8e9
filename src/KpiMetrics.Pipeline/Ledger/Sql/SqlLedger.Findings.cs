using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality.Checks;
using KpiMetrics.Core.Quality.Detectors;
using KpiMetrics.Pipeline.Ledger.Claims;

namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>What the checks found.</summary>
public abstract partial class SqlLedger
{
    private const string SelectFindings = """
        SELECT id, set_code, indicator, measure, subject, area, freq, period, code, source, against, sentence, stated, recomputed, difference,
            found_at, checked_at, resolved_at
        FROM finding
        """;

    private static readonly SqlColumn[] FindingColumns =
    [
        .. SqlColumn.Texts(
            "set_code",
            "indicator",
            "measure",
            "subject",
            "area",
            "freq",
            "code",
            "source",
            "against",
            "sentence"
        ),
        .. SqlColumn.Texts("stated", "recomputed", "difference"),
        .. SqlColumn.Numbers("period", "at"),
    ];

    private string SaveFindings =>
        $$"""
            INSERT INTO finding (set_code, indicator, measure, subject, area, freq, period, code, source, against, sentence,
                stated, recomputed, difference, found_at, checked_at)
            SELECT set_code, indicator, measure, subject, area, freq, period, code, source, against, sentence,
                {{database.Number("stated")}}, {{database.Number("recomputed")}}, {{database.Number("difference")}}, at, at
            FROM {rows} AS r WHERE TRUE
            ON CONFLICT (set_code, measure, subject, area, freq, period, code, source, against) DO UPDATE SET
                indicator = excluded.indicator, sentence = excluded.sentence, stated = excluded.stated, recomputed = excluded.recomputed,
                difference = excluded.difference, resolved_at = NULL
            """;

    public Task<FindingChanges> KeepFindingsAsync(
        string set,
        string measure,
        IReadOnlyCollection<Finding> findings,
        DateTimeOffset at,
        Claim? claim,
        CancellationToken cancellationToken
    ) => KeepAsync(set, measure, findings, _ => true, at, claim, cancellationToken);

    public Task<FindingChanges> KeepSuspicionsAsync(
        string set,
        string measure,
        IReadOnlyCollection<SeriesKey> series,
        IReadOnlyCollection<Finding> suspicions,
        DateTimeOffset at,
        Claim? claim,
        CancellationToken cancellationToken
    )
    {
        var tested = series.ToHashSet();
        return KeepAsync(
            set,
            measure,
            suspicions,
            kept => DetectorKinds.IsSuspicion(kept.Code) && tested.Contains(kept.Series),
            at,
            claim,
            cancellationToken
        );
    }

    /// <param name="isMeant">The kept findings among which those found are all that hold.</param>
    private async Task<FindingChanges> KeepAsync(
        string set,
        string measure,
        IReadOnlyCollection<Finding> findings,
        Func<KeptFinding, bool> isMeant,
        DateTimeOffset at,
        Claim? claim,
        CancellationToken cancellationToken
    )
    {
        if (findings.FirstOrDefault(one => one.Set != set || one.Measure != measure) is { } other)
            throw new ArgumentException(
                $"A finding is of {other.Set}, {other.Measure}, not of {set}, {measure}.",
                nameof(findings)
            );
        if (findings.Count == 0 && !await HasFiringAsync(set, measure, cancellationToken))
            return default;
        var found = FindingIdentity.Of(findings);
        return await database.WriteAsync(
            [],
            async session =>
            {
                var known = await session.ReadAsync(
                    $"{SelectFindings} WHERE set_code = $1 AND measure = $2",
                    [set, measure],
                    ReadFinding,
                    cancellationToken
                );
                var before = known.ToDictionary(FindingIdentity.Of);
                var (told, added) = (new List<object?[]>(), 0);
                foreach (var (identity, finding) in found)
                {
                    var kept = before.GetValueOrDefault(identity);
                    var isNew = kept is not { ResolvedAt: null };
                    added += isNew ? 1 : 0;
                    if (isNew || kept is null || !SaysTheSame(kept, finding))
                        told.Add(FindingRow(identity, finding, at));
                }
                var again = known.Where(kept => found.ContainsKey(FindingIdentity.Of(kept)));
                var gone = known.Where(kept =>
                    kept.ResolvedAt is null && isMeant(kept) && !found.ContainsKey(FindingIdentity.Of(kept))
                );
                await session.ApplyAsync(SaveFindings, FindingColumns, told, cancellationToken);
                var resolved = await session.ApplyAsync(
                    "UPDATE finding SET resolved_at = r.at FROM {rows} AS r WHERE finding.id = r.id",
                    SqlColumn.Numbers("id", "at"),
                    [.. gone.Select(kept => (object?[])[kept.Id, at])],
                    cancellationToken
                );
                await session.ApplyAsync(
                    "UPDATE finding SET checked_at = r.at FROM {rows} AS r WHERE finding.id = r.id",
                    SqlColumn.Numbers("id", "at"),
                    [.. again.Select(kept => (object?[])[kept.Id, at])],
                    cancellationToken
                );
                await session.CheckAsync(claim, cancellationToken); // the last thing before the end: renewing it need not wait
                return new FindingChanges(found.Count, added, resolved);
            },
            cancellationToken
        );
    }

    public async IAsyncEnumerable<KeptFinding> ReadFindingsAsync(
        string set,
        bool onlyFiring,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var session = await database.OpenAsync(cancellationToken);
        await using var select = session.Prepare(
            $"""
            {SelectFindings} WHERE set_code = $1 {(onlyFiring ? "AND resolved_at IS NULL" : "")}
            ORDER BY measure, subject, area, freq, period, code, source, against
            """
        );
        await using var reader = await select.With([set]).ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            yield return ReadFinding(reader);
    }

    public async Task<IReadOnlyList<SetCheck>> ReadChecksAsync(CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.ReadAsync(
            "SELECT set_code, rules, state, checked_at FROM finding_check ORDER BY set_code",
            [],
            row => new SetCheck(row.GetString(0), row.GetString(1), row.GetInt32(2) == CheckStates.Current, row.InstantOrNull(3)),
            cancellationToken
        );
    }

    public Task BeginCheckAsync(string set, string rules, Claim? claim, CancellationToken cancellationToken) =>
        database.WriteAsync(
            [WriteLock.Plans(set), WriteLock.Obligations(set)], // who waits for an import of plans keeps no report waiting
            async session =>
            {
                var begun = await session.ExecuteAsync(
                    """
                    INSERT INTO finding_check (set_code, rules, state) VALUES ($1, $2, $3)
                    ON CONFLICT (set_code) DO UPDATE SET rules = excluded.rules, state = excluded.state
                    """,
                    [set, rules, CheckStates.Running],
                    cancellationToken
                );
                await session.CheckAsync(claim, cancellationToken);
                return begun;
            },
            cancellationToken
        );

    public Task EndCheckAsync(string set, DateTimeOffset at, Claim? claim, CancellationToken cancellationToken) =>
        database.WriteAsync(
            [],
            async session =>
            {
                var ended = await session.ExecuteAsync(
                    "UPDATE finding_check SET checked_at = $2, state = CASE state WHEN $3 THEN $4 ELSE state END WHERE set_code = $1",
                    [set, at, CheckStates.Running, CheckStates.Current],
                    cancellationToken
                );
                await session.CheckAsync(claim, cancellationToken);
                return ended;
            },
            cancellationToken
        );

    // Looked for without a lock: most measures have nothing to keep.
    private async Task<bool> HasFiringAsync(string set, string measure, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.NumberAsync(
            "SELECT 1 FROM finding WHERE set_code = $1 AND measure = $2 AND resolved_at IS NULL LIMIT 1",
            [set, measure],
            cancellationToken
        )
            is not null;
    }

    private static object?[] FindingRow(FindingIdentity identity, Finding finding, DateTimeOffset at) =>
        [
            finding.Set,
            finding.Indicator,
            finding.Measure,
            identity.Subject,
            identity.Area,
            identity.Period.Frequency.Code(),
            identity.Code,
            identity.Source,
            identity.Against,
            finding.Vietnamese,
            Digits(finding.Stated.Value),
            Digits(finding.Recomputed),
            Digits(finding.Difference),
            identity.Period.Index,
            at,
        ];

    private static bool SaysTheSame(KeptFinding kept, Finding finding) =>
        kept.Series.Indicator == finding.Indicator
        && kept.Sentence == finding.Vietnamese
        && Digits(kept.Stated) == Digits(finding.Stated.Value)
        && Digits(kept.Recomputed) == Digits(finding.Recomputed)
        && Digits(kept.Difference) == Digits(finding.Difference);

    private static string? Digits(decimal? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static KeptFinding ReadFinding(DbDataReader row)
    {
        var frequency = row.Frequency(6);
        return new(
            row.GetInt64(0),
            new SeriesKey(row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), frequency),
            Period.FromIndex(frequency, row.GetInt32(7)),
            row.GetString(8),
            row.GetString(9),
            row.GetString(10),
            row.GetString(11),
            row.GetDecimal(12),
            row.IsDBNull(13) ? null : row.GetDecimal(13),
            row.IsDBNull(14) ? null : row.GetDecimal(14),
            row.Instant(15),
            row.Instant(16),
            row.InstantOrNull(17)
        );
    }
}
