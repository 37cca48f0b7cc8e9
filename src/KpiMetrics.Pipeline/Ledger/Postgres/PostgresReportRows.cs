using System.Globalization;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger.Reports;
using Npgsql;
using NpgsqlTypes;

namespace KpiMetrics.Pipeline.Ledger.Postgres;

/// <summary>Reads and writes the rows of one report's figures, many with each statement.</summary>
internal sealed class PostgresReportRows(NpgsqlConnection connection, NpgsqlTransaction transaction, int sourceId)
{
    // Periods of one series and year that lie closer together are read in one go, with what lies between.
    private const int ReadAcross = 8;

    // So many keys go to the server with one statement.
    private const int AtOnce = 10_000;

    public async Task<IReadOnlyDictionary<FigureKey, KnownFigure>> LoadAsync(
        IReadOnlyList<FigureKey> keys,
        CancellationToken cancellationToken
    )
    {
        var known = new Dictionary<FigureKey, KnownFigure>(keys.Count);
        var frequencies = new Dictionary<int, Frequency>();
        var (series, years, first, last) = (new List<int>(), new List<int>(), new List<int>(), new List<int>());
        foreach (var key in keys)
        {
            var (index, year) = (key.Period.Index, key.Period.Year);
            frequencies[key.Series] = key.Period.Frequency;
            if (series.Count > 0 && series[^1] == key.Series && years[^1] == year && index - last[^1] <= ReadAcross)
            {
                last[^1] = index;
                continue;
            }
            series.Add(key.Series);
            years.Add(year);
            first.Add(index);
            last.Add(index);
        }
        object[] stretches = [series, years, first, last, sourceId];
        await LoadStatementsAsync(known, frequencies, stretches, cancellationToken);
        await LoadRepetitionsAsync(known, frequencies, stretches, cancellationToken);
        return known;
    }

    /// <summary>Binary COPY: the rows are new, as nobody else writes rows of this report.</summary>
    public async Task InsertAsync(List<NewStatement> statements, CancellationToken cancellationToken)
    {
        if (statements.Count == 0)
            return;
        const string Sql =
            "COPY observation (series_id, year, period, received_at, source_id, vintage, report_id, number, text, status, note) FROM STDIN (FORMAT BINARY)";
        await using var copy = await connection.BeginBinaryImportAsync(Sql, cancellationToken);
        foreach (var (key, (receivedAt, reportId, content)) in statements)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(key.Series, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(key.Period.Year, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(key.Period.Index, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(receivedAt, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(sourceId, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync((int)key.Vintage, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(reportId, NpgsqlDbType.Bigint, cancellationToken);
            if (content.Number is { } digits)
                await copy.WriteAsync(
                    decimal.Parse(digits, NumberStyles.Number, CultureInfo.InvariantCulture),
                    NpgsqlDbType.Numeric,
                    cancellationToken
                );
            else
                await copy.WriteNullAsync(cancellationToken);
            await WriteTextAsync(copy, content.Text, cancellationToken);
            await WriteTextAsync(copy, content.Status.ToString(), cancellationToken);
            await WriteTextAsync(copy, content.Note, cancellationToken);
        }
        await copy.CompleteAsync(cancellationToken);
    }

    public async Task ConfirmAsync(List<FigureKey> keys, long receivedAt, long reportId, CancellationToken cancellationToken)
    {
        if (keys.Count == 0)
            return;
        const string Sql = """
            INSERT INTO confirmation (series_id, period, source_id, vintage, received_at, report_id)
            SELECT k.series_id, k.period, $4, k.vintage, $5, $6
            FROM unnest($1::int[], $2::int[], $3::int[]) AS k (series_id, period, vintage)
            ON CONFLICT (series_id, period, source_id, vintage)
                DO UPDATE SET received_at = excluded.received_at, report_id = excluded.report_id
            """;
        await Command(Sql, [.. Columns(keys), sourceId, receivedAt, reportId]).ExecuteAsync(cancellationToken);
    }

    public async Task ForgetAsync(List<FigureKey> keys, CancellationToken cancellationToken)
    {
        if (keys.Count == 0)
            return;
        const string Sql = """
            DELETE FROM confirmation c USING unnest($1::int[], $2::int[], $3::int[]) AS k (series_id, period, vintage)
            WHERE c.series_id = k.series_id AND c.period = k.period AND c.source_id = $4 AND c.vintage = k.vintage
            """;
        await Command(Sql, [.. Columns(keys), sourceId]).ExecuteAsync(cancellationToken);
    }

    /// <param name="keys">Of a whole report, in any order; one series and period may be there more than once.</param>
    public async Task MarkAsync(List<FigureKey> keys, long number, long at, CancellationToken cancellationToken)
    {
        const string Sql = """
            INSERT INTO outbox (series_id, period, mark, marked_at)
            SELECT k.series_id, k.period, $3, $4 FROM unnest($1::int[], $2::int[]) AS k (series_id, period)
            ON CONFLICT (series_id, period) DO UPDATE SET mark = excluded.mark, marked_at = excluded.marked_at
            """;
        // In one order by all writers, so that no two wait for each other.
        keys.Sort(FigureKey.Compare);
        foreach (var some in Distinct(keys).Chunk(AtOnce))
        {
            var (series, periods) = (Array.ConvertAll(some, key => key.Series), Array.ConvertAll(some, key => key.Period.Index));
            await Command(Sql, [series, periods, number, at]).ExecuteAsync(cancellationToken);
        }
    }

    private static IEnumerable<FigureKey> Distinct(List<FigureKey> sorted)
    {
        for (var i = 0; i < sorted.Count; i++)
        {
            if (i == 0 || sorted[i].Series != sorted[i - 1].Series || sorted[i].Period.Index != sorted[i - 1].Period.Index)
                yield return sorted[i];
        }
    }

    // One look into one year's table for each stretch, whatever the planner believes of arrays: OFFSET keeps it from joining whole tables.
    private async Task LoadStatementsAsync(
        Dictionary<FigureKey, KnownFigure> known,
        Dictionary<int, Frequency> frequencies,
        object[] stretches,
        CancellationToken cancellationToken
    )
    {
        const string Sql = """
            SELECT k.series_id, o.period, o.vintage, o.received_at, o.report_id, o.number, o.text, o.status, o.note
            FROM unnest($1::int[], $2::int[], $3::int[], $4::int[]) AS k (series_id, year, first, last) CROSS JOIN LATERAL (
                SELECT * FROM observation
                WHERE series_id = k.series_id AND year = k.year AND period BETWEEN k.first AND k.last AND source_id = $5 OFFSET 0
            ) AS o
            ORDER BY o.received_at, o.report_id
            """;
        await using var command = Command(Sql, stretches);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            var number = row.IsDBNull(5) ? null : row.GetDecimal(5).ToString(CultureInfo.InvariantCulture);
            var content = new StatedContent(number, row.TextOrNull(6), row.GetString(7)[0], row.TextOrNull(8));
            Of(known, frequencies, row).Statements.Add(new(row.GetInt64(3), row.GetInt64(4), content));
        }
    }

    private async Task LoadRepetitionsAsync(
        Dictionary<FigureKey, KnownFigure> known,
        Dictionary<int, Frequency> frequencies,
        object[] stretches,
        CancellationToken cancellationToken
    )
    {
        const string Sql = """
            SELECT k.series_id, c.period, c.vintage, c.received_at, c.report_id
            FROM unnest($1::int[], $2::int[], $3::int[], $4::int[]) AS k (series_id, year, first, last) CROSS JOIN LATERAL (
                SELECT * FROM confirmation
                WHERE series_id = k.series_id AND period BETWEEN k.first AND k.last AND source_id = $5 OFFSET 0
            ) AS c
            """;
        await using var command = Command(Sql, stretches);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
            Of(known, frequencies, row).Repetition = new(row.GetInt64(3), row.GetInt64(4));
    }

    private static KnownFigure Of(
        Dictionary<FigureKey, KnownFigure> known,
        Dictionary<int, Frequency> frequencies,
        NpgsqlDataReader row
    )
    {
        var series = row.GetInt32(0);
        var key = new FigureKey(series, Period.FromIndex(frequencies[series], row.GetInt32(1)), (Vintage)row.GetInt32(2));
        if (!known.TryGetValue(key, out var figure))
            known.Add(key, figure = new());
        return figure;
    }

    private static Task WriteTextAsync(NpgsqlBinaryImporter copy, string? text, CancellationToken cancellationToken) =>
        text is null ? copy.WriteNullAsync(cancellationToken) : copy.WriteAsync(text, NpgsqlDbType.Text, cancellationToken);

    private static object[] Columns(List<FigureKey> keys) =>
        [keys.ConvertAll(key => key.Series), keys.ConvertAll(key => key.Period.Index), keys.ConvertAll(key => (int)key.Vintage)];

    private NpgsqlCommand Command(string sql, object[] values) => connection.Command(transaction, sql, values);
}
