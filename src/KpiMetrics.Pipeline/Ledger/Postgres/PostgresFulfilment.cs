using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger.Reports;
using Npgsql;

namespace KpiMetrics.Pipeline.Ledger.Postgres;

/// <summary>Fulfilment in PostgreSQL: many obligations with each statement. To be used under the lock of their set's obligations.</summary>
/// <remarks>What it writes last still waits in the batch when it is done.</remarks>
internal sealed class PostgresFulfilment(PostgresBatch batch) : FulfilmentUpdate
{
    // Up to so many obligations the way to the server costs more than reading the statements of some that turn out to be none.
    private const int Few = 20;

    // What was read together with the obligations themselves: statements by the key of the obligation that they may be of.
    private ILookup<(Duty Duty, int Period, string Area), MeasureStatement>? ahead;

    protected override async Task<IReadOnlyList<ObligationRow>> FindAsync(
        IReadOnlyList<(Duty Duty, int Period, string Area)> keys,
        CancellationToken cancellationToken
    )
    {
        // Each by its key, whatever the planner believed of the tables when they were empty: OFFSET keeps it from joining them whole.
        const string Sql = """
            SELECT k.n, d.id, a.id, p.text, o.whole, o.parts
            FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[]) WITH ORDINALITY
                    AS k (set_code, indicator, freq, area, period, n)
                CROSS JOIN LATERAL (
                    SELECT id FROM duty WHERE set_code = k.set_code AND indicator = k.indicator AND freq = k.freq OFFSET 0
                ) AS d
                CROSS JOIN LATERAL (SELECT id FROM place WHERE area = k.area OFFSET 0) AS a
                CROSS JOIN LATERAL (
                    SELECT * FROM obligation WHERE duty_id = d.id AND period = k.period AND place_id = a.id OFFSET 0
                ) AS o
                CROSS JOIN LATERAL (SELECT text FROM phrase WHERE id = o.needs OFFSET 0) AS p
            ORDER BY k.n
            """;
        // Hours are owed in emergencies alone.
        var isAhead = keys.Count <= Few && keys.All(key => key.Duty.Frequency != Frequency.Hour);
        var statements = new List<((Duty, int, string) Key, MeasureStatement Statement)>();
        ahead = null;
        var found = new List<ObligationRow>();
        batch.Add(
            Sql,
            row =>
            {
                var (duty, period, area) = keys[Place(row)];
                int? whole = row.IsDBNull(4) ? null : row.GetInt32(4);
                found.Add(new(duty, row.GetInt32(1), period, area, row.GetInt32(2), row.GetString(3), whole, row.GetInt32(5)));
            },
            keys.Select(key => key.Duty.Set).ToArray(),
            keys.Select(key => key.Duty.Indicator).ToArray(),
            keys.Select(key => key.Duty.Frequency.Code()).ToArray(),
            keys.Select(key => key.Area).ToArray(),
            keys.Select(key => key.Period).ToArray()
        );
        if (isAhead)
            AddStatements(keys, (place, statement) => statements.Add((keys[place], statement)));
        await batch.SendAsync(cancellationToken);
        if (isAhead)
            ahead = statements.ToLookup(one => one.Key, one => one.Statement);
        return found;
    }

    protected override async Task<ILookup<ObligationRow, MeasureStatement>> StatementsAsync(
        IReadOnlyList<ObligationRow> obligations,
        CancellationToken cancellationToken
    )
    {
        if (ahead is { } known)
            return obligations
                .SelectMany(row => known[KeyOf(row)].Select(statement => (row, statement)))
                .ToLookup(one => one.row, one => one.statement);
        var found = new List<(ObligationRow Obligation, MeasureStatement Statement)>();
        AddStatements([.. obligations.Select(KeyOf)], (place, statement) => found.Add((obligations[place], statement)));
        await batch.SendAsync(cancellationToken);
        return found.ToLookup(one => one.Obligation, one => one.Statement);
    }

    protected override async Task<IReadOnlyDictionary<ObligationRow, HoursOfDay>> HoursAsync(
        IReadOnlyList<ObligationRow> days,
        CancellationToken cancellationToken
    )
    {
        const string Sql = """
            SELECT k.n, COUNT(o.complete_at), MAX(o.complete_at)
            FROM unnest($1::text[], $2::text[], $3::int[], $4::int[], $5::int[], $6::int[]) WITH ORDINALITY
                    AS k (set_code, indicator, place_id, day, first, last, n)
                JOIN duty d ON d.set_code = k.set_code AND d.indicator = k.indicator AND d.freq = $7
                JOIN obligation o ON o.duty_id = d.id AND o.period BETWEEN k.first AND k.last
                    AND o.place_id = k.place_id AND o.whole = k.day
            GROUP BY k.n
            """;
        var found = await batch.ReadAsync(
            Sql,
            row =>
            {
                long? last = row.IsDBNull(2) ? null : row.GetInt64(2);
                return (Day: days[Place(row)], Hours: new HoursOfDay(checked((int)row.GetInt64(1)), last));
            },
            [
                days.Select(day => day.Duty.Set).ToArray(),
                days.Select(day => day.Duty.Indicator).ToArray(),
                days.Select(day => checked((int)day.PlaceId)).ToArray(),
                days.Select(day => day.Period).ToArray(),
                days.Select(day => HoursAround(day).First).ToArray(),
                days.Select(day => HoursAround(day).Last).ToArray(),
                Frequency.Hour.Code(),
            ],
            cancellationToken
        );
        return found.ToDictionary(one => one.Day, one => one.Hours);
    }

    protected override Task WriteAsync(
        IReadOnlyList<(ObligationRow Obligation, FulfilmentState State)> states,
        CancellationToken cancellationToken
    )
    {
        const string AddPhrases = """
            INSERT INTO phrase (text)
            SELECT k.text FROM unnest($1::text[]) AS k (text) WHERE NOT EXISTS (SELECT 1 FROM phrase p WHERE p.text = k.text)
            ON CONFLICT DO NOTHING
            """;
        const string Update = """
            UPDATE obligation o SET lacks = p.id, first_at = k.first_at, complete_at = k.complete_at
            FROM unnest($1::int[], $2::int[], $3::int[], $4::text[], $5::bigint[], $6::bigint[])
                    AS k (duty_id, period, place_id, lacks, first_at, complete_at)
                LEFT JOIN phrase p ON p.text = k.lacks
            WHERE o.duty_id = k.duty_id AND o.period = k.period AND o.place_id = k.place_id
                AND (o.lacks IS DISTINCT FROM p.id OR o.first_at IS DISTINCT FROM k.first_at OR o.complete_at IS DISTINCT FROM k.complete_at)
            """;
        // A correction mostly leaves them as they are: what does not change is not written.
        var lacks = states.Select(one => one.State.Lacks.Count == 0 ? null : string.Join(' ', one.State.Lacks)).ToArray();
        var phrases = lacks.OfType<string>().Distinct().Order(StringComparer.Ordinal).ToArray();
        if (phrases.Length > 0)
            batch.Add(AddPhrases, [phrases]);
        batch.Add(
            Update,
            states.Select(one => checked((int)one.Obligation.DutyId)).ToArray(),
            states.Select(one => one.Obligation.Period).ToArray(),
            states.Select(one => checked((int)one.Obligation.PlaceId)).ToArray(),
            lacks,
            states.Select(one => one.State.FirstAt).ToArray(),
            states.Select(one => one.State.CompleteAt).ToArray()
        );
        return Task.CompletedTask;
    }

    /// <param name="found">Told the place of the key and each of its statements, once the batch is sent.</param>
    private void AddStatements(IReadOnlyList<(Duty Duty, int Period, string Area)> keys, Action<int, MeasureStatement> found)
    {
        var years = keys.Select(key => Period.FromIndex(key.Duty.Frequency, key.Period).Year).ToArray();
        var sql = $"""
            SELECT k.n, s.id, s.measure, o.source_id, o.vintage, o.received_at, o.number IS NOT NULL OR o.text IS NOT NULL
            FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[], $6::int[]) WITH ORDINALITY
                    AS k (set_code, indicator, freq, area, period, year, n)
                CROSS JOIN LATERAL (
                    SELECT id, measure FROM series
                    WHERE set_code = k.set_code AND indicator = k.indicator AND area = k.area AND freq = k.freq OFFSET 0
                ) AS s
                CROSS JOIN LATERAL (
                    SELECT * FROM observation
                    WHERE {PostgresDatabase.YearsOf(years)} AND series_id = s.id AND year = k.year AND period = k.period OFFSET 0
                ) AS o
            """;
        batch.Add(
            sql,
            row => found(Place(row), Statement(row)),
            keys.Select(key => key.Duty.Set).ToArray(),
            keys.Select(key => key.Duty.Indicator).ToArray(),
            keys.Select(key => key.Duty.Frequency.Code()).ToArray(),
            keys.Select(key => key.Area).ToArray(),
            keys.Select(key => key.Period).ToArray(),
            years
        );
    }

    private static (Duty Duty, int Period, string Area) KeyOf(ObligationRow row) => (row.Duty, row.Period, row.Area);

    // WITH ORDINALITY counts from 1.
    private static int Place(NpgsqlDataReader row) => checked((int)row.GetInt64(0)) - 1;

    private static MeasureStatement Statement(NpgsqlDataReader row) =>
        new(row.GetInt32(1), row.GetString(2), row.GetInt32(3), (Vintage)row.GetInt32(4), row.GetInt64(5), row.GetBoolean(6));
}
