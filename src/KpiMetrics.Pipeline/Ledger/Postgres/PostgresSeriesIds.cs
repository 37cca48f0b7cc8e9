using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Ledger.Postgres;

/// <summary>The small numbers of series, many at a time.</summary>
/// <remarks>
/// A new series is added by itself and at once, whatever becomes of its report: two reports that name the same new series in different orders
/// would else wait for each other for ever. A series without a statement is none to any reader.
/// </remarks>
/// <param name="batch">The report's; it sees what others have added by then.</param>
internal sealed class PostgresSeriesIds(PostgresBatch batch, PostgresIntake intake)
{
    private const string Keys =
        "unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) WITH ORDINALITY AS k (set_code, indicator, measure, subject, area, freq, n)";

    // Each by its key, whatever the planner believed of the table when it was empty: OFFSET keeps it from joining it whole.
    private const string Find = $"""
        SELECT k.n, s.id FROM {Keys} CROSS JOIN LATERAL (
            SELECT id FROM series
            WHERE set_code = k.set_code AND indicator = k.indicator AND measure = k.measure AND subject = k.subject AND area = k.area
                AND freq = k.freq
            OFFSET 0
        ) AS s
        """;

    /// <summary>In the order of the keys, of which there is each once.</summary>
    public async Task<IReadOnlyList<(int Id, bool IsNew)>> OfAsync(
        IReadOnlyList<SeriesKey> series,
        CancellationToken cancellationToken
    )
    {
        var numbers = new (int Id, bool IsNew)[series.Count];
        var places = new List<int>();
        for (var i = 0; i < series.Count; i++)
        {
            if (intake.Series.TryFind(series[i], out var id))
                numbers[i] = (id, false);
            else
                places.Add(i);
        }
        if (places.Count == 0)
            return numbers;
        var unknown = places.ConvertAll(place => series[place]);
        var found = await FindAsync(unknown, cancellationToken);
        var missing = unknown.Where((_, i) => !found.ContainsKey(i)).ToList();
        var added = missing.Count > 0 ? await AddAsync(missing, cancellationToken) : [];
        if (missing.Count > 0)
            found = await FindAsync(unknown, cancellationToken);
        for (var i = 0; i < unknown.Count; i++)
        {
            numbers[places[i]] = (found[i], added.Contains(found[i]));
            intake.Series.Remember(unknown[i], found[i]);
        }
        return numbers;
    }

    private async Task<Dictionary<int, int>> FindAsync(List<SeriesKey> keys, CancellationToken cancellationToken)
    {
        var rows = await batch.ReadAsync(
            Find,
            row => (Place: checked((int)row.GetInt64(0)) - 1, Id: row.GetInt32(1)),
            Columns(keys),
            cancellationToken
        );
        return rows.ToDictionary(row => row.Place, row => row.Id);
    }

    /// <summary>The numbers of those that nobody else added meanwhile.</summary>
    private async Task<HashSet<int>> AddAsync(List<SeriesKey> keys, CancellationToken cancellationToken)
    {
        const string Sql = $"""
            INSERT INTO series (set_code, indicator, measure, subject, area, freq)
            SELECT k.set_code, k.indicator, k.measure, k.subject, k.area, k.freq FROM {Keys}
            ORDER BY 1, 2, 3, 4, 5, 6
            ON CONFLICT DO NOTHING RETURNING id
            """;
        await using var another = await intake.ConnectAsync(cancellationToken);
        var added = new PostgresBatch(another, null);
        return [.. await added.ReadAsync(Sql, row => row.GetInt32(0), Columns(keys), cancellationToken)];
    }

    private static object[] Columns(List<SeriesKey> keys) =>
        [
            keys.ConvertAll(key => key.Set),
            keys.ConvertAll(key => key.Indicator),
            keys.ConvertAll(key => key.Measure),
            keys.ConvertAll(key => key.Subject),
            keys.ConvertAll(key => key.Area),
            keys.ConvertAll(key => key.Frequency.Code()),
        ];
}
