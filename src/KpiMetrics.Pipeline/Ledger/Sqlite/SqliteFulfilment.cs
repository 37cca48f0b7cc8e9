using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using Microsoft.Data.Sqlite;

namespace KpiMetrics.Pipeline.Ledger.Sqlite;

/// <summary>
/// Works out anew what became of an obligation, from the statements as they are: in the transaction that brings these, so that the two never disagree.
/// </summary>
/// <remarks>
/// A measure is there when some source's latest statement of it, of whatever subject, has a value; since the first statement that had one. A day is
/// complete as well when each of its hours is.
/// </remarks>
internal sealed class SqliteFulfilment : IDisposable
{
    private readonly SqliteNames names;
    private readonly SqliteCommand find;
    private readonly SqliteCommand series;
    private readonly SqliteCommand statements;
    private readonly SqliteCommand hours;
    private readonly SqliteCommand update;

    public SqliteFulfilment(SqliteConnection connection, SqliteTransaction transaction, SqliteNames names)
    {
        this.names = names;
        const string Key = "duty_id = $1 AND period = $2 AND place_id = $3";
        find = connection.Prepare(transaction, $"SELECT needs, whole, parts FROM obligation WHERE {Key}", 3);
        series = connection.Prepare(
            transaction,
            "SELECT id, measure FROM series WHERE set_code = $1 AND indicator = $2 AND area = $3 AND freq = $4",
            4
        );
        statements = connection.Prepare(
            transaction,
            """
            SELECT source_id, vintage, received_at, number IS NOT NULL OR text IS NOT NULL FROM observation
            WHERE series_id = $1 AND period = $2 ORDER BY received_at, report_id
            """,
            2
        );
        hours = connection.Prepare(
            transaction,
            """
            SELECT COUNT(complete_at), MAX(complete_at) FROM obligation
            WHERE duty_id = $1 AND period BETWEEN $2 AND $3 AND place_id = $4 AND whole = $5
            """,
            5
        );
        update = connection.Prepare(
            transaction,
            $"UPDATE obligation SET lacks = $4, first_at = $5, complete_at = $6 WHERE {Key}",
            6
        );
    }

    /// <summary>Does nothing where there is no such obligation.</summary>
    public void Update(Duty duty, int period, string area)
    {
        if (names.Find(duty) is { } dutyId && names.FindPlace(area) is { } placeId)
            Update(duty, dutyId, period, area, placeId);
    }

    public void Dispose()
    {
        foreach (var command in (SqliteCommand[])[find, series, statements, hours, update])
            command.Dispose();
    }

    private void Update(Duty duty, long dutyId, int period, string area, long placeId)
    {
        long needsId;
        int? whole;
        int parts;
        using (var reader = find.With(dutyId, period, placeId).ExecuteReader())
        {
            if (!reader.Read())
                return;
            needsId = reader.GetInt64(0);
            whole = reader.IsDBNull(1) ? null : reader.GetInt32(1);
            parts = reader.GetInt32(2);
        }
        var (lacks, first, complete) = Reported(duty, period, area, names.Phrase(needsId).Split(' '));
        if (parts > 0 && Folded(duty, period, placeId, parts) is { } folded && !(complete <= folded))
            (lacks, first, complete) = ([], first < folded ? first : folded, folded);
        update
            .With(dutyId, period, placeId, lacks.Count == 0 ? null : names.AddPhrase(string.Join(' ', lacks)), first, complete)
            .ExecuteNonQuery();
        if (whole is { } day)
            Update(duty with { Frequency = Frequency.Day }, day, area);
    }

    private (IReadOnlyList<string> Lacks, long? First, long? Complete) Reported(
        Duty duty,
        int period,
        string area,
        string[] needs
    )
    {
        var since = new Dictionary<string, long>(StringComparer.Ordinal);
        var found = new List<(long Id, string Measure)>();
        using (var reader = series.With(duty.Set, duty.Indicator, area, duty.Frequency.Code()).ExecuteReader())
        {
            while (reader.Read())
                found.Add((reader.GetInt64(0), reader.GetString(1)));
        }
        foreach (var (id, measure) in found)
        {
            if (Since(id, period) is { } at && !(since.TryGetValue(measure, out var earlier) && earlier <= at))
                since[measure] = at;
        }
        var lacks = needs.Where(measure => !since.ContainsKey(measure)).ToList();
        var there = needs.Where(since.ContainsKey).Select(measure => since[measure]).ToList();
        return (lacks, there.Count == 0 ? null : there.Min(), lacks.Count == 0 ? there.Max() : null);
    }

    // When the first value was stated; null where none was, or all were withdrawn.
    private long? Since(long seriesId, int period)
    {
        long? first = null;
        var stands = new Dictionary<(long Source, long Vintage), bool>();
        using var reader = statements.With(seriesId, period).ExecuteReader();
        while (reader.Read())
        {
            var hasValue = reader.GetInt64(3) != 0;
            stands[(reader.GetInt64(0), reader.GetInt64(1))] = hasValue;
            if (hasValue)
                first ??= reader.GetInt64(2);
        }
        return stands.ContainsValue(true) ? first : null;
    }

    private long? Folded(Duty duty, int day, long placeId, int parts)
    {
        if (names.Find(duty with { Frequency = Frequency.Hour }) is not { } hourly)
            return null;
        // A day may begin in the evening before: its hours lie somewhere in two days.
        var start = Period.At(Frequency.Hour, Period.FromIndex(Frequency.Day, day).Start).Index;
        using var reader = hours.With(hourly, start - 24, start + 48, placeId, day).ExecuteReader();
        return reader.Read() && reader.GetInt64(0) == parts ? reader.GetInt64(1) : null;
    }
}
