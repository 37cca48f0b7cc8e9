using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger.Reports;
using Microsoft.Data.Sqlite;

namespace KpiMetrics.Pipeline.Ledger.Sqlite;

/// <summary>Reads and writes the rows of one report's figures, in the order in which they lie in the file.</summary>
internal sealed class SqliteReportRows(SqliteConnection connection, long sourceId) : IDisposable
{
    // Periods of one series that lie closer together are read in one go, with what lies between.
    private const int ReadAcross = 8;

    private readonly SqliteRawStatement selectStatements = new(
        connection,
        """
        SELECT period, vintage, received_at, report_id, number, text, status, note FROM observation
        WHERE series_id = ?1 AND period BETWEEN ?2 AND ?3 AND source_id = ?4 ORDER BY period, received_at
        """
    );

    private readonly SqliteRawStatement selectRepetitions = new(
        connection,
        """
        SELECT period, vintage, received_at, report_id FROM confirmation
        WHERE series_id = ?1 AND period BETWEEN ?2 AND ?3 AND source_id = ?4
        """
    );

    private readonly SqliteRawStatement insert = new(
        connection,
        "INSERT INTO observation VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
    );

    private readonly SqliteRawStatement confirm = new(
        connection,
        """
        INSERT INTO confirmation VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT DO UPDATE SET received_at = excluded.received_at, report_id = excluded.report_id
        """
    );

    private readonly SqliteRawStatement forget = new(
        connection,
        "DELETE FROM confirmation WHERE series_id = ?1 AND period = ?2 AND source_id = ?3 AND vintage = ?4"
    );

    private readonly SqliteRawStatement mark = new(
        connection,
        "INSERT INTO outbox VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET mark = excluded.mark, marked_at = excluded.marked_at"
    );

    public IReadOnlyDictionary<FigureKey, KnownFigure> Load(IReadOnlyList<FigureKey> keys)
    {
        var known = new Dictionary<FigureKey, KnownFigure>(keys.Count);
        for (var i = 0; i < keys.Count; )
        {
            var (first, last) = (keys[i], keys[i]);
            while (++i < keys.Count && keys[i].Series == first.Series && keys[i].Period.Index - last.Period.Index <= ReadAcross)
                last = keys[i];
            Load(known, first, last.Period.Index);
        }
        return known;
    }

    public void Insert(List<NewStatement> statements)
    {
        insert.Bind(4, sourceId);
        foreach (var (key, (receivedAt, reportId, content)) in statements)
        {
            insert.Bind(1, key.Series);
            insert.Bind(2, key.Period.Index);
            insert.Bind(3, receivedAt);
            insert.Bind(5, (int)key.Vintage);
            insert.Bind(6, reportId);
            insert.Bind(7, content.Number);
            insert.Bind(8, content.Text);
            insert.Bind(9, content.Status.ToString());
            insert.Bind(10, content.Note);
            insert.Run();
        }
    }

    public void Confirm(List<FigureKey> keys, long receivedAt, long reportId)
    {
        foreach (var key in keys)
        {
            BindKey(confirm, key);
            confirm.Bind(5, receivedAt);
            confirm.Bind(6, reportId);
            confirm.Run();
        }
    }

    public void Forget(List<FigureKey> keys)
    {
        foreach (var key in keys)
        {
            BindKey(forget, key);
            forget.Run();
        }
    }

    public void Mark(List<FigureKey> keys, long number, long at)
    {
        mark.Bind(3, number);
        mark.Bind(4, at);
        foreach (var key in keys)
        {
            mark.Bind(1, key.Series);
            mark.Bind(2, key.Period.Index);
            mark.Run();
        }
    }

    public void Dispose()
    {
        foreach (var statement in (SqliteRawStatement[])[selectStatements, selectRepetitions, insert, confirm, forget, mark])
            statement.Dispose();
    }

    private void Load(Dictionary<FigureKey, KnownFigure> known, FigureKey first, int last)
    {
        BindStretch(selectStatements, first, last);
        while (selectStatements.Read())
        {
            var content = new StatedContent(
                selectStatements.TextOrNull(4),
                selectStatements.TextOrNull(5),
                selectStatements.Text(6)[0],
                selectStatements.TextOrNull(7)
            );
            Of(known, first, selectStatements)
                .Statements.Add(new(selectStatements.Number(2), selectStatements.Number(3), content));
        }
        BindStretch(selectRepetitions, first, last);
        while (selectRepetitions.Read())
            Of(known, first, selectRepetitions).Repetition = new(selectRepetitions.Number(2), selectRepetitions.Number(3));
    }

    private static KnownFigure Of(Dictionary<FigureKey, KnownFigure> known, FigureKey first, SqliteRawStatement row)
    {
        var key = new FigureKey(first.Series, Period.FromIndex(first.Period.Frequency, row.Int(0)), (Vintage)row.Int(1));
        if (!known.TryGetValue(key, out var figure))
            known.Add(key, figure = new());
        return figure;
    }

    private void BindStretch(SqliteRawStatement statement, FigureKey first, int last)
    {
        statement.Bind(1, first.Series);
        statement.Bind(2, first.Period.Index);
        statement.Bind(3, last);
        statement.Bind(4, sourceId);
    }

    private void BindKey(SqliteRawStatement statement, FigureKey key)
    {
        statement.Bind(1, key.Series);
        statement.Bind(2, key.Period.Index);
        statement.Bind(3, sourceId);
        statement.Bind(4, (int)key.Vintage);
    }
}
