using KpiMetrics.Core.Obligations;

namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>The ledger's emergencies.</summary>
public abstract partial class SqlLedger
{
    public Task<Emergency> DeclareAsync(Emergency emergency, string why, CancellationToken cancellationToken) =>
        database.WriteAsync(
            [WriteLock.Emergencies],
            async session =>
            {
                var id = await session.NumberAsync(
                    """
                    INSERT INTO emergency (order_no, areas, from_at, until_at, declared_at, declared_by)
                    VALUES ($1, $2, $3, $4, $5, $6) RETURNING id
                    """,
                    [
                        emergency.Order,
                        string.Join(' ', emergency.Areas),
                        emergency.From,
                        emergency.Until,
                        emergency.DeclaredAt,
                        emergency.DeclaredBy,
                    ],
                    cancellationToken
                );
                var declared = emergency with { Id = id ?? 0 };
                var details = new
                {
                    declared.Id,
                    declared.Order,
                    declared.Areas,
                    declared.From,
                    declared.Until,
                    why,
                };
                await session.AuditAsync(declared.DeclaredAt, declared.DeclaredBy, "emergency-start", details, cancellationToken);
                return declared;
            },
            cancellationToken
        );

    public Task<Emergency?> EndAtAsync(
        long id,
        DateTimeOffset until,
        bool isStop,
        string who,
        string why,
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync(
            [WriteLock.Emergencies],
            async session =>
            {
                var before = (await ReadEmergenciesAsync(session, "id = $1", [id], cancellationToken)).SingleOrDefault();
                if (before is null || before.Until <= at)
                    return null;
                var after = before with { Until = until, StoppedAt = isStop ? at : before.StoppedAt };
                await session.ExecuteAsync(
                    "UPDATE emergency SET until_at = $2, stopped_at = $3, planned = 0 WHERE id = $1",
                    [id, until, after.StoppedAt],
                    cancellationToken
                );
                var details = new
                {
                    id,
                    before = before.Until,
                    after = after.Until,
                    why,
                };
                await session.AuditAsync(at, who, isStop ? "emergency-stop" : "emergency-extend", details, cancellationToken);
                return after;
            },
            cancellationToken
        );

    public Task<IReadOnlyList<Emergency>> ReadEmergenciesAsync(CancellationToken cancellationToken) =>
        ReadEmergenciesAsync("TRUE", cancellationToken);

    public Task<IReadOnlyList<Emergency>> ReadUnplannedAsync(CancellationToken cancellationToken) =>
        ReadEmergenciesAsync("planned = 0", cancellationToken);

    public async Task FinishEmergencyAsync(Emergency emergency, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        await session.ExecuteAsync(
            "UPDATE emergency SET planned = 1 WHERE id = $1 AND until_at = $2",
            [emergency.Id, emergency.Until],
            cancellationToken
        );
    }

    private async Task<IReadOnlyList<Emergency>> ReadEmergenciesAsync(string where, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await ReadEmergenciesAsync(session, where, [], cancellationToken);
    }

    private static Task<List<Emergency>> ReadEmergenciesAsync(
        SqlSession session,
        string where,
        object?[] values,
        CancellationToken cancellationToken
    ) =>
        session.ReadAsync(
            $"""
            SELECT id, order_no, areas, from_at, until_at, declared_at, declared_by, stopped_at FROM emergency
            WHERE {where} ORDER BY id
            """,
            values,
            row => new Emergency(
                row.GetInt64(0),
                row.GetString(1),
                row.GetString(2).Split(' '),
                row.Instant(3),
                row.Instant(4),
                row.Instant(5),
                row.GetString(6),
                row.InstantOrNull(7)
            ),
            cancellationToken
        );
}
