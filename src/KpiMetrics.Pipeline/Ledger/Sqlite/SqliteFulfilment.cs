using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger.Reports;
using Microsoft.Data.Sqlite;

namespace KpiMetrics.Pipeline.Ledger.Sqlite;

/// <summary>Fulfilment in SQLite: one look-up after the other, by statements that are prepared once, as nothing lies between us and the rows.</summary>
internal sealed class SqliteFulfilment(SqliteConnection connection) : FulfilmentUpdate, IDisposable
{
    private readonly SqliteRawStatement find = new(
        connection,
        """
        SELECT d.id, a.id, n.text, o.whole, o.parts
        FROM duty d JOIN place a ON a.area = ?4
            JOIN obligation o ON o.duty_id = d.id AND o.period = ?5 AND o.place_id = a.id
            JOIN phrase n ON n.id = o.needs
        WHERE d.set_code = ?1 AND d.indicator = ?2 AND d.freq = ?3
        """
    );

    private readonly SqliteRawStatement statements = new(
        connection,
        """
        SELECT o.series_id, s.measure, o.source_id, o.vintage, o.received_at, o.number IS NOT NULL OR o.text IS NOT NULL
        FROM series s JOIN observation o ON o.series_id = s.id AND o.period = ?5
        WHERE s.set_code = ?1 AND s.indicator = ?2 AND s.freq = ?3 AND s.area = ?4
        """
    );

    private readonly SqliteRawStatement hours = new(
        connection,
        """
        SELECT COUNT(complete_at), MAX(complete_at) FROM obligation
        WHERE duty_id = (SELECT id FROM duty WHERE set_code = ?1 AND indicator = ?2 AND freq = ?3)
            AND period BETWEEN ?4 AND ?5 AND place_id = ?6 AND whole = ?7
        """
    );

    private readonly SqliteRawStatement addPhrase = new(
        connection,
        "INSERT INTO phrase (text) SELECT ?1 WHERE NOT EXISTS (SELECT 1 FROM phrase WHERE text = ?1)"
    );

    private readonly SqliteRawStatement update = new(
        connection,
        """
        UPDATE obligation SET lacks = (SELECT id FROM phrase WHERE text = ?4), first_at = ?5, complete_at = ?6
        WHERE duty_id = ?1 AND period = ?2 AND place_id = ?3
        """
    );

    public void Dispose()
    {
        foreach (var statement in (SqliteRawStatement[])[find, statements, hours, addPhrase, update])
            statement.Dispose();
    }

    protected override Task<IReadOnlyList<ObligationRow>> FindAsync(
        IReadOnlyList<(Duty Duty, int Period, string Area)> keys,
        CancellationToken cancellationToken
    )
    {
        var found = new List<ObligationRow>();
        foreach (var (duty, period, area) in keys)
        {
            Bind(find, duty, area, period);
            if (find.Read())
                found.Add(new(duty, find.Number(0), period, area, find.Number(1), find.Text(2), find.IntOrNull(3), find.Int(4)));
            find.Reset();
        }
        return Task.FromResult<IReadOnlyList<ObligationRow>>(found);
    }

    protected override Task<ILookup<ObligationRow, MeasureStatement>> StatementsAsync(
        IReadOnlyList<ObligationRow> obligations,
        CancellationToken cancellationToken
    )
    {
        var found = new List<(ObligationRow Row, MeasureStatement Statement)>();
        foreach (var row in obligations)
        {
            Bind(statements, row.Duty, row.Area, row.Period);
            while (statements.Read())
            {
                var statement = new MeasureStatement(
                    statements.Int(0),
                    statements.Text(1),
                    statements.Number(2),
                    (Vintage)statements.Int(3),
                    statements.Number(4),
                    statements.Int(5) != 0
                );
                found.Add((row, statement));
            }
        }
        return Task.FromResult(found.ToLookup(one => one.Row, one => one.Statement));
    }

    protected override Task<IReadOnlyDictionary<ObligationRow, HoursOfDay>> HoursAsync(
        IReadOnlyList<ObligationRow> days,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<ObligationRow, HoursOfDay>();
        foreach (var day in days)
        {
            var (first, last) = HoursAround(day);
            hours.Bind(1, day.Duty.Set);
            hours.Bind(2, day.Duty.Indicator);
            hours.Bind(3, Frequency.Hour.Code());
            hours.Bind(4, first);
            hours.Bind(5, last);
            hours.Bind(6, day.PlaceId);
            hours.Bind(7, day.Period);
            if (hours.Read())
                found[day] = new(hours.Int(0), hours.NumberOrNull(1));
            hours.Reset();
        }
        return Task.FromResult<IReadOnlyDictionary<ObligationRow, HoursOfDay>>(found);
    }

    protected override Task WriteAsync(
        IReadOnlyList<(ObligationRow Obligation, FulfilmentState State)> states,
        CancellationToken cancellationToken
    )
    {
        foreach (var (row, state) in states)
        {
            var lacks = state.Lacks.Count == 0 ? null : string.Join(' ', state.Lacks);
            if (lacks is not null)
            {
                addPhrase.Bind(1, lacks);
                addPhrase.Run();
            }
            update.Bind(1, row.DutyId);
            update.Bind(2, row.Period);
            update.Bind(3, row.PlaceId);
            update.Bind(4, lacks);
            update.Bind(5, state.FirstAt);
            update.Bind(6, state.CompleteAt);
            update.Run();
        }
        return Task.CompletedTask;
    }

    private static void Bind(SqliteRawStatement statement, Duty duty, string area, int period)
    {
        statement.Bind(1, duty.Set);
        statement.Bind(2, duty.Indicator);
        statement.Bind(3, duty.Frequency.Code());
        statement.Bind(4, area);
        statement.Bind(5, period);
    }
}
