using System.Globalization;
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

    private static readonly SqlColumn[] StretchColumns = SqlColumn.Numbers(
        "place",
        "series_id",
        "first",
        "last",
        "first_year",
        "last_year",
        "until"
    );

    private static readonly SqlColumn[] PlanColumns =
    [
        .. SqlColumn.Numbers("place", "until"),
        .. SqlColumn.Texts("set_code", "measure", "subject", "area"),
    ];

    private readonly SqlSession session;
    private readonly DateTimeOffset? asOf;
    private readonly SqlDatabase database;
    private readonly SeriesMemory memory;
    private readonly Dictionary<SeriesKey, int> numbers = []; // 0: not there
    private Dictionary<long, string>? sources;

    /// <param name="session">Disposed with the snapshot.</param>
    /// <param name="asOf">Only statements received at or before this instant.</param>
    public SqlSnapshot(SqlDatabase database, SqlSession session, DateTimeOffset? asOf)
    {
        this.database = database;
        this.session = session;
        this.asOf = asOf;
        memory = database.Series;
    }

    public async IAsyncEnumerable<SeriesKey> ReadKeysAsync(
        FigureQuery query,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        // Only what is asked for is named, so that the index over the key finds the series of one measure.
        (string Column, string? Value)[] all =
        [
            ("set_code", query.Set),
            ("indicator", query.Indicator),
            ("measure", query.Measure),
            ("freq", query.Frequency?.Code()),
        ];
        var named = all.Where(one => one.Value is not null).ToList();
        var conditions = string.Concat(named.Select((one, place) => $"{one.Column} = ${place + 1} AND "));
        var keys = string.Join(", ", Enumerable.Range(named.Count + 1, 6).Select(place => $"${place}"));
        await using var select = session.Prepare(
            $"""
            SELECT id, set_code, indicator, measure, subject, area, freq FROM series AS s
            WHERE {conditions}(set_code, indicator, measure, subject, area, freq) > ({keys})
                AND EXISTS (SELECT 1 FROM observation WHERE series_id = s.id)
            ORDER BY set_code, indicator, measure, subject, area, freq LIMIT {Page}
            """
        );
        object?[] scope = [.. named.Select(one => one.Value)];
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

    public async Task<IReadOnlyList<SeriesStatements?>> ReadAsync(
        IReadOnlyList<SeriesStretch> stretches,
        CancellationToken cancellationToken
    )
    {
        await FindAsync(stretches, cancellationToken);
        sources ??= await ReadSourcesAsync(cancellationToken);
        var read = new StretchRows[stretches.Count];
        var rows = new List<object?[]>(stretches.Count);
        foreach (var (place, (series, from, to)) in stretches.Index())
        {
            read[place] = new(series.Frequency);
            if (numbers[series] is var id and not 0)
                rows.Add([
                    place,
                    id,
                    from?.Index ?? 0,
                    to?.Index ?? int.MaxValue,
                    from?.Year ?? Period.FirstYear,
                    to?.Year ?? Period.LastYear,
                    SqlPlanRows.Until(asOf),
                ]);
        }
        await session.ApplyAsync(
            SelectOf(stretches),
            StretchColumns,
            rows,
            row => read[row.GetInt32(0)].Add(row.GetInt32(1), SqlStatementRows.ReadStatement(row, 2, sources)),
            cancellationToken
        );
        return
        [
            .. stretches.Select(
                (stretch, place) =>
                    read[place].IsEmpty
                        ? null
                        : new SeriesStatements(numbers[stretch.Series], stretch.Series, read[place].Periods())
            ),
        ];
    }

    public async Task<ILookup<PlanKey, PlanVersion>> ReadPlansAsync(
        IReadOnlyList<PlanKey> keys,
        CancellationToken cancellationToken
    )
    {
        var found = new List<(PlanKey Key, PlanVersion Version)>();
        var until = SqlPlanRows.Until(asOf);
        await session.ApplyAsync(
            SqlPlanRows.SelectOfMany,
            PlanColumns,
            [.. keys.Select((key, place) => (object?[])[place, until, key.Set, key.Measure, key.Subject, key.Area])],
            row => found.Add((keys[row.GetInt32(7)], SqlPlanRows.Read(row))),
            cancellationToken
        );
        return found.ToLookup(plan => plan.Key, plan => plan.Version);
    }

    public ValueTask DisposeAsync() => session.DisposeAsync();

    private async Task FindAsync(IReadOnlyList<SeriesStretch> stretches, CancellationToken cancellationToken)
    {
        var unknown = new List<SeriesKey>();
        foreach (var (series, _, _) in stretches)
        {
            if (numbers.ContainsKey(series))
                continue;
            if (!memory.TryFind(series, out var number))
                unknown.Add(series);
            numbers[series] = number;
        }
        await SqlSeriesNumbers.FindAsync(session, unknown, Found, cancellationToken);

        void Found(int place, int number)
        {
            numbers[unknown[place]] = number;
            memory.Remember(unknown[place], number);
        }
    }

    // The years of all of them are written out, so that the store need not even open the tables of others.
    private string SelectOf(IReadOnlyList<SeriesStretch> stretches)
    {
        var first = stretches.Select(stretch => stretch.From?.Year ?? Period.FirstYear).DefaultIfEmpty(Period.FirstYear).Min();
        var last = stretches.Select(stretch => stretch.To?.Year ?? Period.LastYear).DefaultIfEmpty(Period.LastYear).Max();
        var isWithin =
            "o.series_id = r.series_id AND o.period BETWEEN r.first AND r.last AND o.received_at <= r.until "
            + database.AndYearBetween("r.first_year", "r.last_year")
            + database.AndYearBetween(Text(first), Text(last));
        return $"""
            SELECT r.place, o.period, o.source_id, o.received_at, o.number, o.text, o.status, o.vintage, o.note
            FROM {"{rows}"} AS r {database.JoinByKey("observation", "o", isWithin)}
            """;

        static string Text(int year) => year.ToString(CultureInfo.InvariantCulture);
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
