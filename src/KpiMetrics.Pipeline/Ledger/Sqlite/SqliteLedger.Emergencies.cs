using KpiMetrics.Core.Obligations;
using Microsoft.Data.Sqlite;

namespace KpiMetrics.Pipeline.Ledger.Sqlite;

/// <summary>The ledger's emergencies.</summary>
public sealed partial class SqliteLedger
{
    private const string EmergencyColumns = "id, order_no, areas, from_at, until_at, declared_at, declared_by, stopped_at";

    public Task<Emergency> DeclareAsync(Emergency emergency, string why, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        using var insert = connection
            .Prepare(
                transaction,
                """
                INSERT INTO emergency (order_no, areas, from_at, until_at, declared_at, declared_by)
                VALUES ($1, $2, $3, $4, $5, $6) RETURNING id
                """,
                6
            )
            .With(
                emergency.Order,
                string.Join(' ', emergency.Areas),
                emergency.From.ToUnixTimeMilliseconds(),
                emergency.Until.ToUnixTimeMilliseconds(),
                emergency.DeclaredAt.ToUnixTimeMilliseconds(),
                emergency.DeclaredBy
            );
        var declared = emergency with { Id = (long)(insert.ExecuteScalar() ?? 0L) };
        var details = new
        {
            declared.Id,
            declared.Order,
            declared.Areas,
            declared.From,
            declared.Until,
            why,
        };
        Audit(connection, transaction, declared.DeclaredAt, declared.DeclaredBy, "emergency-start", details);
        transaction.Commit();
        return Task.FromResult(declared);
    }

    public Task<Emergency?> EndAtAsync(
        long id,
        DateTimeOffset until,
        bool isStop,
        string who,
        string why,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        var before = ReadEmergencies(connection, transaction, "id = $1", id).FirstOrDefault();
        if (before is null || before.Until <= at)
            return Task.FromResult<Emergency?>(null);
        var after = before with { Until = until, StoppedAt = isStop ? at : before.StoppedAt };
        using var update = connection
            .Prepare(transaction, "UPDATE emergency SET until_at = $2, stopped_at = $3, planned = 0 WHERE id = $1", 3)
            .With(id, until.ToUnixTimeMilliseconds(), after.StoppedAt?.ToUnixTimeMilliseconds());
        update.ExecuteNonQuery();
        var details = new
        {
            id,
            before = before.Until,
            after = after.Until,
            why,
        };
        Audit(connection, transaction, at, who, isStop ? "emergency-stop" : "emergency-extend", details);
        transaction.Commit();
        return Task.FromResult<Emergency?>(after);
    }

    public Task<IReadOnlyList<Emergency>> ReadEmergenciesAsync(CancellationToken cancellationToken) =>
        ReadEmergenciesAsync("$1 IS NULL", cancellationToken);

    public Task<IReadOnlyList<Emergency>> ReadUnplannedAsync(CancellationToken cancellationToken) =>
        ReadEmergenciesAsync("$1 IS NULL AND planned = 0", cancellationToken);

    public Task FinishEmergencyAsync(Emergency emergency, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        using var update = connection
            .Prepare(null, "UPDATE emergency SET planned = 1 WHERE id = $1 AND until_at = $2", 2)
            .With(emergency.Id, emergency.Until.ToUnixTimeMilliseconds());
        update.ExecuteNonQuery();
        return Task.CompletedTask;
    }

    private Task<IReadOnlyList<Emergency>> ReadEmergenciesAsync(string where, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        return Task.FromResult<IReadOnlyList<Emergency>>(ReadEmergencies(connection, null, where, null));
    }

    private static List<Emergency> ReadEmergencies(
        SqliteConnection connection,
        SqliteTransaction? transaction,
        string where,
        long? id
    )
    {
        using var command = connection
            .Prepare(transaction, $"SELECT {EmergencyColumns} FROM emergency WHERE {where} ORDER BY id", 1)
            .With(id);
        using var reader = command.ExecuteReader();
        var found = new List<Emergency>();
        while (reader.Read())
        {
            found.Add(
                new(
                    reader.GetInt64(0),
                    reader.GetString(1),
                    reader.GetString(2).Split(' '),
                    reader.Instant(3),
                    reader.Instant(4),
                    reader.Instant(5),
                    reader.GetString(6),
                    reader.IsDBNull(7) ? null : reader.Instant(7)
                )
            );
        }
        return found;
    }
}
