using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>The small numbers of duties, areas and phrases, given on first sight, remembered for the length of a session.</summary>
internal sealed class SqlNames(SqlSession session)
{
    private readonly Dictionary<Duty, long> duties = [];
    private readonly Dictionary<string, long> places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> phrases = new(StringComparer.Ordinal);

    public async ValueTask<long> AddAsync(Duty duty, CancellationToken cancellationToken) =>
        await FindAsync(duty, cancellationToken)
        ?? await AddAsync(
            duties,
            duty,
            "INSERT INTO duty (set_code, indicator, freq) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING id",
            FindDuty,
            [duty.Set, duty.Indicator, duty.Frequency.Code()],
            cancellationToken
        );

    /// <summary>Null where the ledger knows no such duty.</summary>
    public ValueTask<long?> FindAsync(Duty duty, CancellationToken cancellationToken) =>
        duties.TryGetValue(duty, out var known)
            ? new(known)
            : FindAsync(duties, duty, FindDuty, [duty.Set, duty.Indicator, duty.Frequency.Code()], cancellationToken);

    public async ValueTask<long> AddPlaceAsync(string area, CancellationToken cancellationToken) =>
        await FindPlaceAsync(area, cancellationToken)
        ?? await AddAsync(
            places,
            area,
            "INSERT INTO place (area) VALUES ($1) ON CONFLICT DO NOTHING RETURNING id",
            FindPlace,
            [area],
            cancellationToken
        );

    /// <summary>Null where the ledger knows no such area.</summary>
    public ValueTask<long?> FindPlaceAsync(string area, CancellationToken cancellationToken) =>
        places.TryGetValue(area, out var known) ? new(known) : FindAsync(places, area, FindPlace, [area], cancellationToken);

    public async ValueTask<long> AddPhraseAsync(string text, CancellationToken cancellationToken)
    {
        if (phrases.TryGetValue(text, out var known))
            return known;
        return await FindAsync(phrases, text, FindPhrase, [text], cancellationToken)
            ?? await AddAsync(
                phrases,
                text,
                "INSERT INTO phrase (text) VALUES ($1) ON CONFLICT DO NOTHING RETURNING id",
                FindPhrase,
                [text],
                cancellationToken
            );
    }

    private const string FindDuty = "SELECT id FROM duty WHERE set_code = $1 AND indicator = $2 AND freq = $3";
    private const string FindPlace = "SELECT id FROM place WHERE area = $1";
    private const string FindPhrase = "SELECT id FROM phrase WHERE text = $1";

    private async ValueTask<long?> FindAsync<T>(
        Dictionary<T, long> known,
        T name,
        string sql,
        object?[] values,
        CancellationToken cancellationToken
    )
        where T : notnull
    {
        var found = await session.NumberAsync(sql, values, cancellationToken);
        if (found is { } id)
            known[name] = id;
        return found;
    }

    // Where another process added it meanwhile, ours waited for it and finds it now.
    private async ValueTask<long> AddAsync<T>(
        Dictionary<T, long> known,
        T name,
        string insert,
        string find,
        object?[] values,
        CancellationToken cancellationToken
    )
        where T : notnull =>
        known[name] =
            await session.NumberAsync(insert, values, cancellationToken)
            ?? await session.NumberAsync(find, values, cancellationToken)
            ?? throw new InvalidDataException($"The name '{name}' was not kept.");
}
