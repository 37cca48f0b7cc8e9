using System.Runtime.CompilerServices;
using KpiMetrics.Core.Derivation.Plans;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using Microsoft.Data.Sqlite;

namespace KpiMetrics.Pipeline.Ledger.Sqlite;

/// <summary>A read transaction: SQLite shows it the ledger as it was when it first read.</summary>
internal sealed class SqliteSnapshot : ILedgerSnapshot
{
    private readonly SqliteConnection connection;
    private readonly SqliteTransaction transaction;
    private readonly long until;
    private readonly SqliteCommand find;
    private readonly SqliteCommand statements;
    private readonly SqliteCommand plans;
    private Dictionary<long, string>? sources;

    /// <param name="connection">Disposed with the snapshot.</param>
    /// <param name="asOf">Only statements received at or before this instant.</param>
    public SqliteSnapshot(SqliteConnection connection, DateTimeOffset? asOf)
    {
        this.connection = connection;
        until = asOf?.ToUnixTimeMilliseconds() ?? long.MaxValue;
        transaction = connection.BeginTransaction(deferred: true);
        find = connection.Prepare(
            transaction,
            "SELECT id FROM series WHERE set_code = $1 AND indicator = $2 AND measure = $3 AND subject = $4 AND area = $5 AND freq = $6",
            6
        );
        statements = connection.Prepare(
            transaction,
            """
            SELECT period, source_id, received_at, number, text, status, vintage, note FROM observation
            WHERE series_id = $1 AND period BETWEEN $2 AND $3 AND received_at <= $4
            ORDER BY period, received_at
            """,
            4
        );
        plans = SqliteLedger.SelectPlansOfOne(connection, transaction);
    }

    public async IAsyncEnumerable<SeriesKey> ReadKeysAsync(
        FigureQuery query,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        // Only what is asked for is named, so that the index over the key finds the series of one measure.
        var conditions = new List<string>();
        var values = new List<object?>();
        foreach (
            var (column, value) in new (string, string?)[]
            {
                ("set_code", query.Set),
                ("indicator", query.Indicator),
                ("measure", query.Measure),
                ("freq", query.Frequency?.Code()),
            }
        )
        {
            if (value is null)
                continue;
            values.Add(value);
            conditions.Add($"{column} = ${values.Count} AND ");
        }
        using var select = connection
            .Prepare(
                transaction,
                $"""
                SELECT id, set_code, indicator, measure, subject, area, freq FROM series
                WHERE {string.Concat(conditions)}EXISTS (SELECT 1 FROM observation WHERE series_id = id)
                ORDER BY set_code, indicator, measure, subject, area, freq
                """,
                values.Count
            )
            .With([.. values]);
        using var found = select.ExecuteReader();
        while (found.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (_, key) = SqliteStatements.ReadKey(found);
            if (query.Area is not { } areas || areas.Contains(key.Area, StringComparer.Ordinal))
                yield return key;
        }
        await Task.CompletedTask;
    }

    public Task<SeriesStatements?> ReadAsync(SeriesKey key, Period? from, Period? to, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var id = find.With(key.Set, key.Indicator, key.Measure, key.Subject, key.Area, key.Frequency.Code()).ExecuteScalar();
        if (id is not long number)
            return Task.FromResult<SeriesStatements?>(null);
        using var rows = statements.With(number, from?.Index ?? 0, to?.Index ?? int.MaxValue, until).ExecuteReader();
        var periods = SqliteStatements.ReadPeriods(rows, key.Frequency, sources ??= ReadSources());
        return Task.FromResult(periods.Count == 0 ? null : new SeriesStatements(checked((int)number), key, periods));
    }

    public Task<IReadOnlyList<PlanVersion>> ReadPlansAsync(PlanKey key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(SqliteLedger.ReadPlans(plans, key, until));
    }

    // Few, and each named by every row: read once.
    private Dictionary<long, string> ReadSources()
    {
        using var select = connection.Prepare(transaction, "SELECT id, name FROM source", 0);
        using var found = select.ExecuteReader();
        var names = new Dictionary<long, string>();
        while (found.Read())
            names[found.GetInt64(0)] = found.GetString(1);
        return names;
    }

    public async ValueTask DisposeAsync()
    {
        await find.DisposeAsync();
        await statements.DisposeAsync();
        await plans.DisposeAsync();
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }
}
