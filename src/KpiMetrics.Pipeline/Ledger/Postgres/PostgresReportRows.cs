using System.Globalization;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger.Reports;
using KpiMetrics.Pipeline.Ledger.Sql;
using Npgsql;
using NpgsqlTypes;

namespace KpiMetrics.Pipeline.Ledger.Postgres;

/// <summary>Reads and writes the rows of one report's figures, many with each statement.</summary>
internal sealed class PostgresReportRows(PostgresBatch batch, int sourceId)
{
    // Periods of one series and year that lie closer together are read in one go, with what lies between.
    private const int ReadAcross = 8;

    // So many keys go to the server with one statement.
    private const int AtOnce = 10_000;

    // COPY is the faster for many rows, but a way to the server and back by itself.
    private const int Copied = 500;

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
        LoadStatements(known, frequencies, stretches, PostgresDatabase.YearsOf(years));
        LoadRepetitions(known, frequencies, stretches);
        await batch.SendAsync(cancellationToken);
        return known;
    }

    /// <summary>The rows are new, as nobody else writes rows of this report.</summary>
    public async Task InsertAsync(List<NewStatement> statements, CancellationToken cancellationToken)
    {
        if (statements.Count > Copied)
            await CopyAsync(statements, cancellationToken);
        else if (statements.Count > 0)
            Insert(statements);
    }

    public void Confirm(List<FigureKey> keys, long receivedAt, long reportId)
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
        batch.Add(Sql, [.. Columns(keys), sourceId, receivedAt, reportId]);
    }

    public void Forget(List<FigureKey> keys)
    {
        if (keys.Count == 0)
            return;
        const string Sql = """
            DELETE FROM confirmation c USING unnest($1::int[], $2::int[], $3::int[]) AS k (series_id, period, vintage)
            WHERE c.series_id = k.series_id AND c.period = k.period AND c.source_id = $4 AND c.vintage = k.vintage
            """;
        batch.Add(Sql, [.. Columns(keys), sourceId]);
    }

    /// <param name="keys">Of a whole report, in any order; one series and period may be there more than once.</param>
    public void Mark(List<FigureKey> keys, long number, long at)
    {
        const string Sql = """
            INSERT INTO outbox (series_id, period, mark, marked_at, urgent)
            SELECT k.series_id, k.period, $3, $4, CASE s.freq WHEN 'H' THEN 1 ELSE 0 END
            FROM unnest($1::int[], $2::int[]) AS k (series_id, period) JOIN series s ON s.id = k.series_id
            ON CONFLICT (series_id, period) DO UPDATE SET mark = excluded.mark, marked_at = excluded.marked_at, urgent = excluded.urgent
            """;
        // In one order by all writers, so that no two wait for each other.
        keys.Sort(FigureKey.Compare);
        foreach (var some in Distinct(keys).Chunk(AtOnce))
        {
            var (series, periods) = (Array.ConvertAll(some, key => key.Series), Array.ConvertAll(some, key => key.Period.Index));
            batch.Add(Sql, series, periods, number, at);
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
    private void LoadStatements(
        Dictionary<FigureKey, KnownFigure> known,
        Dictionary<int, Frequency> frequencies,
        object[] stretches,
        string isOfYears
    )
    {
        var sql = $"""
            SELECT k.series_id, o.period, o.vintage, o.received_at, o.report_id, o.number, o.text, o.status, o.note
            FROM unnest($1::int[], $2::int[], $3::int[], $4::int[]) AS k (series_id, year, first, last) CROSS JOIN LATERAL (
                SELECT * FROM observation
                WHERE {isOfYears} AND series_id = k.series_id AND year = k.year AND period BETWEEN k.first AND k.last AND source_id = $5
                OFFSET 0
            ) AS o
            ORDER BY o.received_at, o.report_id
            """;
        batch.Add(
            sql,
            row =>
            {
                var number = row.IsDBNull(5) ? null : row.GetDecimal(5).ToString(CultureInfo.InvariantCulture);
                var content = new StatedContent(number, row.TextOrNull(6), row.GetString(7)[0], row.TextOrNull(8));
                Of(known, frequencies, row).Statements.Add(new(row.GetInt64(3), row.GetInt64(4), content));
            },
            stretches
        );
    }

    private void LoadRepetitions(
        Dictionary<FigureKey, KnownFigure> known,
        Dictionary<int, Frequency> frequencies,
        object[] stretches
    )
    {
        const string Sql = """
            SELECT k.series_id, c.period, c.vintage, c.received_at, c.report_id
            FROM unnest($1::int[], $2::int[], $3::int[], $4::int[]) AS k (series_id, year, first, last) CROSS JOIN LATERAL (
                SELECT * FROM confirmation
                WHERE series_id = k.series_id AND period BETWEEN k.first AND k.last AND source_id = $5 OFFSET 0
            ) AS c
            """;
        batch.Add(Sql, row => Of(known, frequencies, row).Repetition = new(row.GetInt64(3), row.GetInt64(4)), stretches);
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

    private void Insert(List<NewStatement> statements)
    {
        const string Sql = """
            INSERT INTO observation (series_id, year, period, received_at, source_id, vintage, report_id, number, text, status, note)
            SELECT k.series_id, k.year, k.period, k.received_at, $10, k.vintage, k.report_id, k.number, k.text, k.status, k.note
            FROM unnest($1::int[], $2::int[], $3::int[], $4::bigint[], $5::int[], $6::bigint[], $7::numeric[], $8::text[], $9::text[], $11::text[])
                AS k (series_id, year, period, received_at, vintage, report_id, number, text, status, note)
            """;
        batch.Add(
            Sql,
            statements.ConvertAll(one => one.Key.Series),
            statements.ConvertAll(one => one.Key.Period.Year),
            statements.ConvertAll(one => one.Key.Period.Index),
            statements.ConvertAll(one => one.Row.ReceivedAt),
            statements.ConvertAll(one => (int)one.Key.Vintage),
            statements.ConvertAll(one => one.Row.ReportId),
            statements.ConvertAll(one => Number(one.Row.Content)),
            statements.Select(one => one.Row.Content.Text).ToArray(),
            statements.ConvertAll(one => one.Row.Content.Status.ToString()),
            sourceId,
            statements.Select(one => one.Row.Content.Note).ToArray()
        );
    }

    // Binary.
    private async Task CopyAsync(List<NewStatement> statements, CancellationToken cancellationToken)
    {
        const string Sql =
            "COPY observation (series_id, year, period, received_at, source_id, vintage, report_id, number, text, status, note) FROM STDIN (FORMAT BINARY)";
        await batch.SendAsync(cancellationToken);
        await using var copy = await batch.Connection.BeginBinaryImportAsync(Sql, cancellationToken);
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
            if (Number(content) is { } number)
                await copy.WriteAsync(number, NpgsqlDbType.Numeric, cancellationToken);
            else
                await copy.WriteNullAsync(cancellationToken);
            await WriteTextAsync(copy, content.Text, cancellationToken);
            await WriteTextAsync(copy, content.Status.ToString(), cancellationToken);
            await WriteTextAsync(copy, content.Note, cancellationToken);
        }
        await copy.CompleteAsync(cancellationToken);
    }

    private static decimal? Number(StatedContent content) =>
        content.Number is { } digits ? decimal.Parse(digits, NumberStyles.Number, CultureInfo.InvariantCulture) : null;

    private static Task WriteTextAsync(NpgsqlBinaryImporter copy, string? text, CancellationToken cancellationToken) =>
        text is null ? copy.WriteNullAsync(cancellationToken) : copy.WriteAsync(text, NpgsqlDbType.Text, cancellationToken);

    private static object[] Columns(List<FigureKey> keys) =>
        [keys.ConvertAll(key => key.Series), keys.ConvertAll(key => key.Period.Index), keys.ConvertAll(key => (int)key.Vintage)];
}
