using System.Globalization;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using Microsoft.Data.Sqlite;

namespace KpiMetrics.Pipeline.Ledger.Sqlite;

/// <summary>The small numbers of duties, areas and phrases, given on first sight, remembered for the length of a transaction.</summary>
internal sealed class SqliteNames(SqliteConnection connection, SqliteTransaction? transaction)
{
    private readonly Dictionary<Duty, long> duties = [];
    private readonly Dictionary<string, long> places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> phrases = new(StringComparer.Ordinal);
    private readonly Dictionary<long, string> phraseTexts = [];
    private readonly Dictionary<long, string> placeAreas = [];

    public long Add(Duty duty)
    {
        if (Find(duty) is { } id)
            return id;
        var added = Number(
            "INSERT INTO duty (set_code, indicator, freq) VALUES ($1, $2, $3) RETURNING id",
            duty.Set,
            duty.Indicator,
            duty.Frequency.Code()
        );
        return duties[duty] = added ?? throw new InvalidDataException($"The duty {duty} was not kept.");
    }

    /// <summary>Null where the ledger knows no such duty.</summary>
    public long? Find(Duty duty)
    {
        if (duties.TryGetValue(duty, out var known))
            return known;
        var found = Number(
            "SELECT id FROM duty WHERE set_code = $1 AND indicator = $2 AND freq = $3",
            duty.Set,
            duty.Indicator,
            duty.Frequency.Code()
        );
        if (found is { } id)
            duties[duty] = id;
        return found;
    }

    public long AddPlace(string area)
    {
        if (FindPlace(area) is { } id)
            return id;
        var added = Number("INSERT INTO place (area) VALUES ($1) RETURNING id", area);
        return places[area] = added ?? throw new InvalidDataException($"The area {area} was not kept.");
    }

    /// <summary>Null where the ledger knows no such area.</summary>
    public long? FindPlace(string area)
    {
        if (places.TryGetValue(area, out var known))
            return known;
        var found = Number("SELECT id FROM place WHERE area = $1", area);
        if (found is { } id)
            places[area] = id;
        return found;
    }

    public long AddPhrase(string text)
    {
        if (phrases.TryGetValue(text, out var known))
            return known;
        var id =
            Number("SELECT id FROM phrase WHERE text = $1", text)
            ?? Number("INSERT INTO phrase (text) VALUES ($1) RETURNING id", text)
            ?? throw new InvalidDataException($"The phrase '{text}' was not kept.");
        return phrases[text] = id;
    }

    public string Phrase(long id) => Text(phraseTexts, id, "SELECT text FROM phrase WHERE id = $1");

    public string Place(long id) => Text(placeAreas, id, "SELECT area FROM place WHERE id = $1");

    private string Text(Dictionary<long, string> known, long id, string sql)
    {
        if (known.TryGetValue(id, out var text))
            return text;
        using var command = connection.Prepare(transaction, sql, 1).With(id);
        return known[id] =
            (string?)command.ExecuteScalar()
            ?? throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"The ledger lacks the text {id}."));
    }

    private long? Number(string sql, params ReadOnlySpan<object?> values)
    {
        using var command = connection.Prepare(transaction, sql, values.Length).With(values);
        return command.ExecuteScalar() as long?;
    }
}
