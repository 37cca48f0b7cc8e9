using System.Globalization;
using System.Runtime.CompilerServices;
using KpiMetrics.Core.Derivation.Plans;
using KpiMetrics.Core.Periods;
using Microsoft.Data.Sqlite;

namespace KpiMetrics.Pipeline.Ledger.Sqlite;

/// <summary>The ledger's plans.</summary>
public sealed partial class SqliteLedger
{
    public Task<IPlanTransaction> BeginPlansAsync(ReportHeader header, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        database.CheckIdentity();
        var connection = database.Open();
        try
        {
            return Task.FromResult<IPlanTransaction>(new SqlitePlanTransaction(connection, header));
        }
        catch
        {
            connection.Dispose(); // rolls back: a connection left to the collector would keep the write lock
            throw;
        }
    }

    public Task<IReadOnlyList<PlanVersion>> ReadPlansAsync(PlanKey key, DateTimeOffset? asOf, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        using var select = SelectPlansOfOne(connection, null);
        return Task.FromResult(ReadPlans(select, key, asOf?.ToUnixTimeMilliseconds() ?? long.MaxValue));
    }

    public async IAsyncEnumerable<StatedPlans> ReadPlansAsync(
        PlanQuery query,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var connection = database.Open();
        using var command = SelectPlans(connection, query);
        using var reader = command.ExecuteReader();
        PlanKey? key = null;
        var versions = new List<PlanVersion>();
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var next = new PlanKey(reader.GetString(7), reader.GetString(8), reader.GetString(9), reader.GetString(10));
            if (query.Area is { } areas && !areas.Contains(next.Area, StringComparer.Ordinal))
                continue;
            if (key is not null && key != next)
            {
                yield return new(key, versions);
                versions = [];
            }
            key = next;
            versions.Add(ReadVersion(reader));
        }
        if (key is not null)
            yield return new(key, versions);
        await Task.CompletedTask;
    }

    internal static SqliteCommand SelectPlansOfOne(SqliteConnection connection, SqliteTransaction? transaction) =>
        connection.Prepare(
            transaction,
            """
            SELECT scheme, period, number, kind, decision, received_at, note FROM plan
            WHERE set_code = $1 AND measure = $2 AND subject = $3 AND area = $4 AND received_at <= $5
            ORDER BY scheme, year, period, received_at, kind
            """,
            5
        );

    internal static IReadOnlyList<PlanVersion> ReadPlans(SqliteCommand select, PlanKey key, long until)
    {
        using var reader = select.With(key.Set, key.Measure, key.Subject, key.Area, until).ExecuteReader();
        var versions = new List<PlanVersion>();
        while (reader.Read())
            versions.Add(ReadVersion(reader));
        return versions;
    }

    internal static PlanVersion ReadVersion(SqliteDataReader reader) =>
        new(
            reader.GetString(0),
            Period.Parse(reader.GetString(1)),
            decimal.Parse(reader.GetString(2), NumberStyles.Number, CultureInfo.InvariantCulture),
            (PlanKind)reader.GetInt32(3),
            reader.TextOrNull(4),
            reader.Instant(5),
            reader.TextOrNull(6)
        );

    private static SqliteCommand SelectPlans(SqliteConnection connection, PlanQuery query) =>
        connection
            .Prepare(
                null,
                """
                SELECT scheme, period, number, kind, decision, received_at, note, set_code, measure, subject, area FROM plan
                WHERE ($1 IS NULL OR set_code = $1) AND ($2 IS NULL OR measure = $2) AND ($3 IS NULL OR year = $3)
                  AND received_at <= $4
                ORDER BY set_code, measure, subject, area, scheme, year, period, received_at, kind
                """,
                4
            )
            .With(query.Set, query.Measure, query.Year, query.AsOf?.ToUnixTimeMilliseconds() ?? long.MaxValue);
}
