using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using KpiMetrics.Pipeline.Ledger.Sql;
using Microsoft.Data.Sqlite;

namespace KpiMetrics.Pipeline.Ledger.Sqlite;

/// <summary>What operations changed of the schedule.</summary>
public sealed partial class SqliteLedger : ISchedules
{
    public Task<long> ReadScheduleRevisionAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        using var command = connection.Prepare(null, "SELECT COALESCE(MAX(revision), 0) FROM schedule_change", 0);
        return Task.FromResult(Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture));
    }

    public Task<ScheduleOverrides> ReadSchedulesAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        using var command = connection.Prepare(
            null,
            $"""
            SELECT {SqliteScheduleChange.Columns} FROM schedule_change
            WHERE revision IN (SELECT MAX(revision) FROM schedule_change GROUP BY target) ORDER BY revision
            """,
            0
        );
        var latest = SqliteScheduleChange.ReadAll(command);
        return Task.FromResult(
            latest.Count == 0
                ? ScheduleOverrides.None
                : new ScheduleOverrides(
                    latest[^1].Revision,
                    latest.ToFrozenDictionary(change => new ScheduleTarget(change.Target), change => change.State)
                )
        );
    }

    public Task<IReadOnlyList<ScheduleVersion>> ReadScheduleHistoryAsync(
        ScheduleTarget target,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        using var command = connection
            .Prepare(
                null,
                $"SELECT {SqliteScheduleChange.Columns} FROM schedule_change WHERE target = $1 ORDER BY revision DESC",
                1
            )
            .With(target.Key);
        var changes = SqliteScheduleChange.ReadAll(command);
        return Task.FromResult<IReadOnlyList<ScheduleVersion>>([
            .. changes.Select((change, at) => change.Following(at + 1 < changes.Count ? changes[at + 1].State : null)),
        ]);
    }

    public Task<ScheduleVersion> ChangeScheduleAsync(ScheduleEdit edit, DateTimeOffset at, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        database.CheckIdentity();
        using var connection = database.Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        var revision = SqliteScheduleChange.Next(connection, transaction);
        var last = SqliteScheduleChange.Last(connection, transaction, edit.Target);
        var before = last?.State ?? ScheduleState.Nothing;
        var state = new ScheduleState(
            edit.Cron ?? before.Cron,
            edit.Paused ?? before.Paused,
            edit.Paused is null ? before.PausedRevision : revision,
            edit.Priority ?? before.Priority,
            edit.Concurrency ?? before.Concurrency
        );
        var change = new SqliteScheduleChange(
            revision,
            edit.Target.Key,
            at,
            edit.Actor,
            edit.Reason,
            edit.Action,
            last?.Revision ?? 0,
            state
        );
        return Task.FromResult(Record(transaction, change, before));
    }

    public Task<ScheduleVersion?> RevertScheduleAsync(
        ScheduleTarget target,
        string actor,
        string reason,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        database.CheckIdentity();
        using var connection = database.Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        if (SqliteScheduleChange.Last(connection, transaction, target) is not { Prior: { } prior } last)
            return Task.FromResult<ScheduleVersion?>(null);
        var back = SqliteScheduleChange.Find(connection, transaction, prior);
        var change = new SqliteScheduleChange(
            SqliteScheduleChange.Next(connection, transaction),
            target.Key,
            at,
            actor,
            reason,
            "revert",
            back?.Prior,
            back?.State ?? ScheduleState.Nothing
        );
        return Task.FromResult<ScheduleVersion?>(Record(transaction, change, last.State));
    }

    public Task NoteAsync(string actor, string action, object details, DateTimeOffset at, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        database.CheckIdentity();
        using var connection = database.Open();
        using var audit = connection
            .Prepare(null, "INSERT INTO audit (at, actor, action, details) VALUES ($1, $2, $3, $4)", 4)
            .With(at.ToUnixTimeMilliseconds(), actor, action, JsonSerializer.Serialize(details, LedgerJson.Options));
        audit.ExecuteNonQuery();
        return Task.CompletedTask;
    }

    private static ScheduleVersion Record(SqliteTransaction transaction, SqliteScheduleChange change, ScheduleState before)
    {
        change.Insert(transaction, before);
        transaction.Commit();
        return change.Following(before);
    }
}
