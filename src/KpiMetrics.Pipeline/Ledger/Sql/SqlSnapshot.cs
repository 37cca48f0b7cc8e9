using System.Runtime.CompilerServices;
using KpiMetrics.Core.Derivation.Plans;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>A read transaction that sees the ledger as it was when it first read.</summary>
internal sealed class SqlSnapshot : ILedgerSnapshot
{
    // Keys are read in pages: between them series may be read over the same connection.
    private const int Page = 1000;

    private readonly SqlSession session;
    private readonly DateTimeOffset? asOf;
    private readonly SqlStatement find;
    private readonly SqlStatement statements;
    private readonly SqlStatement plans;
    private Dictionary<long, string>? sources;

    /// <param name="session">Disposed with the snapshot.</param>
    /// <param name="asOf">Only statements received at or before this instant.</param>
    public SqlSnapshot(SqlDatabase database, SqlSession session, DateTimeOffset? asOf)
    {
        this.session = session;
        this.asOf = asOf;
        find = session.Prepare(
            "SELECT id FROM series WHERE set_code = $1 AND indicator = $2 AND measure = $3 AND subject = $4 AND area = $5 AND freq = $6"
        );
        statements = session.Prepare(
            $"""
            SELECT period, source_id, received_at, number, text, status, vintage, note FROM observation
            WHERE series_id = $1 AND period BETWEEN $2 AND $3 AND received_at <= $4 {database.AndYearBetween(5, 6)}
            ORDER BY period, received_at
            """
        );
        plans = session.Prepare(SqlPlanRows.SelectOfOne);
    }

    public async IAsyncEnumerable<SeriesKey> ReadKeysAsync(
        FigureQuery query,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var select = session.Prepare(
            $"""
            SELECT id, set_code, indicator, measure, subject, area, freq FROM series AS s
            WHERE (CAST($1 AS TEXT) IS NULL OR set_code = $1) AND (CAST($2 AS TEXT) IS NULL OR indicator = $2)
                AND (CAST($3 AS TEXT) IS NULL OR measure = $3) AND (CAST($4 AS TEXT) IS NULL OR freq = $4)
                AND (set_code, indicator, measure, subject, area, freq) > ($5, $6, $7, $8, $9, $10)
                AND EXISTS (SELECT 1 FROM observation WHERE series_id = s.id)
            ORDER BY set_code, indicator, measure, subject, area, freq LIMIT {Page}
            """
        );
        object?[] scope = [query.Set, query.Indicator, query.Measure, query.Frequency?.Code()];
        object?[] after = ["", "", "", "", "", ""];
        while (true)
        {
            var page = await select.ReadAsync([.. scope, .. after], SqlStatementRows.ReadKey, cancellationToken);
            foreach (var (_, key) in page)
            {
                if (query.Area is not { } areas || areas.Contains(key.Area, StringComparer.Ordinal))
                    yield return key;
            }
            if (page.Count < Page)
                yield break;
            after = KeyOf(page[^1].Key);
        }
    }

    public async Task<SeriesStatements?> ReadAsync(SeriesKey key, Period? from, Period? to, CancellationToken cancellationToken)
    {
        if (await find.ReadAsync(KeyOf(key), row => row.GetInt32(0), cancellationToken) is not [var id])
            return null;
        sources ??= await ReadSourcesAsync(cancellationToken);
        object?[] stretch =
        [
            id,
            from?.Index ?? 0,
            to?.Index ?? int.MaxValue,
            SqlPlanRows.Until(asOf),
            from?.Year ?? Period.FirstYear,
            to?.Year ?? Period.LastYear,
        ];
        await using var rows = await statements.With(stretch).ExecuteReaderAsync(cancellationToken);
        var periods = await SqlStatementRows.ReadPeriodsAsync(rows, key.Frequency, sources, cancellationToken);
        return periods.Count == 0 ? null : new SeriesStatements(id, key, periods);
    }

    public Task<IReadOnlyList<PlanVersion>> ReadPlansAsync(PlanKey key, CancellationToken cancellationToken) =>
        SqlPlanRows.ReadAsync(plans, key, asOf, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await find.DisposeAsync();
        await statements.DisposeAsync();
        await plans.DisposeAsync();
        await session.DisposeAsync();
    }

    private static object?[] KeyOf(SeriesKey key) =>
        [key.Set, key.Indicator, key.Measure, key.Subject, key.Area, key.Frequency.Code()];

    // Few, and each named by every row: read once.
    private async Task<Dictionary<long, string>> ReadSourcesAsync(CancellationToken cancellationToken)
    {
        var found = await session.ReadAsync(
            "SELECT id, name FROM source",
            [],
            row => (Id: row.GetInt64(0), Name: row.GetString(1)),
            cancellationToken
        );
        return found.ToDictionary(source => source.Id, source => source.Name);
    }
}
