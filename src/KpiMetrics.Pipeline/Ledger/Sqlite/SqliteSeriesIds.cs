using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger.Sql;
using Microsoft.Data.Sqlite;

namespace KpiMetrics.Pipeline.Ledger.Sqlite;

/// <summary>The small numbers of series, given on first sight; those last seen are remembered for the length of a transaction.</summary>
/// <param name="committed">Numbers that are known from earlier transactions, to be added to.</param>
internal sealed class SqliteSeriesIds(SqliteConnection connection, SqliteTransaction transaction, SeriesMemory committed)
    : IDisposable
{
    // Enough for a province; beyond it the memory is emptied and filled anew, so that it stays bounded.
    private const int Remembered = 50_000;

    private readonly Dictionary<SeriesKey, int> known = [];
    private readonly HashSet<int> added = [];

    private readonly SqliteCommand find = connection.Prepare(
        transaction,
        "SELECT id FROM series WHERE set_code = $1 AND indicator = $2 AND measure = $3 AND subject = $4 AND area = $5 AND freq = $6",
        6
    );

    private readonly SqliteCommand add = connection.Prepare(
        transaction,
        "INSERT INTO series (set_code, indicator, measure, subject, area, freq) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
        6
    );

    public int Of(SeriesKey key)
    {
        if (known.TryGetValue(key, out var id))
            return id;
        if (known.Count >= Remembered)
            known.Clear();
        if (!committed.TryFind(key, out id))
            id = Find(key) is { } found ? Remember(key, found) : Add(key);
        known.Add(key, id);
        return id;
    }

    /// <summary>Null where the ledger has no such series yet.</summary>
    public int? Find(SeriesKey key) => Number(Ask(find, key));

    /// <summary>True for a series first seen in this transaction: the ledger has no statement of it from before.</summary>
    public bool IsNew(int id) => added.Contains(id);

    public void Dispose()
    {
        find.Dispose();
        add.Dispose();
    }

    // What this transaction added may yet be rolled back; a series that is committed is never deleted.
    private int Remember(SeriesKey key, int id)
    {
        if (!added.Contains(id))
            committed.Remember(key, id);
        return id;
    }

    private int Add(SeriesKey key)
    {
        var id = Number(Ask(add, key)) ?? throw new InvalidDataException($"The series {key} was not kept.");
        added.Add(id);
        return id;
    }

    private static int? Number(object? answer) => answer is long number ? checked((int)number) : null;

    private static object? Ask(SqliteCommand command, SeriesKey key) =>
        command.With(key.Set, key.Indicator, key.Measure, key.Subject, key.Area, key.Frequency.Code()).ExecuteScalar();
}
