using System.Collections.Frozen;

namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>What operations changed of the schedule.</summary>
public abstract partial class SqlLedger
{
    public async Task<long> ReadScheduleRevisionAsync(CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.NumberAsync("SELECT MAX(revision) FROM schedule_change", [], cancellationToken) ?? 0;
    }

    public async Task<ScheduleOverrides> ReadSchedulesAsync(CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        var latest = await SqlScheduleChange.ReadAsync(
            session,
            "WHERE revision IN (SELECT MAX(revision) FROM schedule_change GROUP BY target) ORDER BY revision",
            [],
            cancellationToken
        );
        return latest.Count == 0
            ? ScheduleOverrides.None
            : new ScheduleOverrides(
                latest[^1].Revision,
                latest.ToFrozenDictionary(change => new ScheduleTarget(change.Target), change => change.State)
            );
    }

    public async Task<IReadOnlyList<ScheduleVersion>> ReadScheduleHistoryAsync(
        ScheduleTarget target,
        CancellationToken cancellationToken
    )
    {
        await using var session = await database.OpenAsync(cancellationToken);
        var changes = await SqlScheduleChange.ReadAsync(
            session,
            "WHERE target = $1 ORDER BY revision DESC",
            [target.Key],
            cancellationToken
        );
        return [.. changes.Select((change, at) => change.Following(at + 1 < changes.Count ? changes[at + 1].State : null))];
    }

    public Task<ScheduleVersion> ChangeScheduleAsync(ScheduleEdit edit, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.WriteAsync(
            [WriteLock.Schedule],
            async session =>
            {
                var revision = await SqlScheduleChange.NextAsync(session, cancellationToken);
                var last = await SqlScheduleChange.LastAsync(session, edit.Target, cancellationToken);
                var before = last?.State ?? ScheduleState.Nothing;
                var state = new ScheduleState(
                    edit.Cron ?? before.Cron,
                    edit.Paused ?? before.Paused,
                    edit.Paused is null ? before.PausedRevision : revision,
                    edit.Priority ?? before.Priority,
                    edit.Concurrency ?? before.Concurrency
                );
                var change = new SqlScheduleChange(
                    revision,
                    edit.Target.Key,
                    at,
                    edit.Actor,
                    edit.Reason,
                    edit.Action,
                    last?.Revision ?? 0,
                    state
                );
                await change.InsertAsync(session, before, cancellationToken);
                return change.Following(before);
            },
            cancellationToken
        );

    public Task<ScheduleVersion?> RevertScheduleAsync(
        ScheduleTarget target,
        string actor,
        string reason,
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync(
            [WriteLock.Schedule],
            async session =>
            {
                if (await SqlScheduleChange.LastAsync(session, target, cancellationToken) is not { Prior: { } prior } last)
                    return null;
                var back = await SqlScheduleChange.FindAsync(session, prior, cancellationToken);
                var change = new SqlScheduleChange(
                    await SqlScheduleChange.NextAsync(session, cancellationToken),
                    target.Key,
                    at,
                    actor,
                    reason,
                    "revert",
                    back?.Prior,
                    back?.State ?? ScheduleState.Nothing
                );
                await change.InsertAsync(session, last.State, cancellationToken);
                return change.Following(last.State);
            },
            cancellationToken
        );

    public Task NoteAsync(string actor, string action, object details, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.WriteAsync([], session => session.AuditAsync(at, actor, action, details, cancellationToken), cancellationToken);
}
