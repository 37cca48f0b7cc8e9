using System.Runtime.CompilerServices;
using KpiMetrics.Core.Derivation.Plans;

namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>The ledger's plans.</summary>
public abstract partial class SqlLedger
{
    public async Task<IPlanTransaction> BeginPlansAsync(ReportHeader header, CancellationToken cancellationToken)
    {
        var session = await database.BeginAsync([WriteLock.Plans(header.Set)], cancellationToken);
        try
        {
            var auditId = await session.NumberAsync(database.NextAuditId, [], cancellationToken);
            return new SqlPlanTransaction(database, session, header, auditId ?? 1);
        }
        catch
        {
            await session.DisposeAsync(); // a session left to the collector would keep the lock
            throw;
        }
    }

    public async Task<IReadOnlyList<PlanVersion>> ReadPlansAsync(
        PlanKey key,
        DateTimeOffset? asOf,
        CancellationToken cancellationToken
    )
    {
        await using var session = await database.OpenAsync(cancellationToken);
        await using var select = session.Prepare(SqlPlanRows.SelectOfOne);
        return await SqlPlanRows.ReadAsync(select, key, asOf, cancellationToken);
    }

    public async IAsyncEnumerable<StatedPlans> ReadPlansAsync(
        PlanQuery query,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var session = await database.OpenAsync(cancellationToken);
        await using var select = session.Prepare(SqlPlanRows.SelectAll);
        await using var reader = await select
            .With([query.Set, query.Measure, query.Year, SqlPlanRows.Until(query.AsOf)])
            .ExecuteReaderAsync(cancellationToken);
        PlanKey? key = null;
        var versions = new List<PlanVersion>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var next = new PlanKey(reader.GetString(7), reader.GetString(8), reader.GetString(9), reader.GetString(10));
            if (query.Area is { } areas && !areas.Contains(next.Area, StringComparer.Ordinal))
                continue;
            if (key is not null && key != next)
            {
                yield return new(key, versions);
                versions = [];
            }
            key = next;
            versions.Add(SqlPlanRows.Read(reader));
        }
        if (key is not null)
            yield return new(key, versions);
    }
}
