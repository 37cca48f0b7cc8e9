using System.Data.Common;

namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>A row of <c>schedule_change</c>.</summary>
/// <param name="Prior">The row a revert goes back to; 0: to no change at all, null: nothing is left to undo.</param>
internal sealed record SqlScheduleChange(
    long Revision,
    string Target,
    DateTimeOffset At,
    string Actor,
    string Reason,
    string Action,
    long? Prior,
    ScheduleState State
)
{
    private const string Columns =
        "revision, target, at, actor, reason, action, prior, cron, paused, paused_revision, priority, concurrency";

    /// <summary>The number of the change to come; <see cref="WriteLock.Schedule"/> keeps it free.</summary>
    public static async Task<long> NextAsync(SqlSession session, CancellationToken cancellationToken) =>
        await session.NumberAsync("SELECT COALESCE(MAX(revision), 0) + 1 FROM schedule_change", [], cancellationToken) ?? 1;

    public static async Task<SqlScheduleChange?> LastAsync(
        SqlSession session,
        ScheduleTarget target,
        CancellationToken cancellationToken
    ) =>
        (
            await ReadAsync(session, "WHERE target = $1 ORDER BY revision DESC LIMIT 1", [target.Key], cancellationToken)
        ).SingleOrDefault();

    public static async Task<SqlScheduleChange?> FindAsync(
        SqlSession session,
        long revision,
        CancellationToken cancellationToken
    ) => (await ReadAsync(session, "WHERE revision = $1", [revision], cancellationToken)).SingleOrDefault();

    /// <param name="where">The condition and the order.</param>
    public static Task<List<SqlScheduleChange>> ReadAsync(
        SqlSession session,
        string where,
        object?[] values,
        CancellationToken cancellationToken
    ) => session.ReadAsync($"SELECT {Columns} FROM schedule_change {where}", values, Read, cancellationToken);

    /// <summary>Writes the change and its row of the audit trail.</summary>
    public async Task InsertAsync(SqlSession session, ScheduleState before, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync(
            $"INSERT INTO schedule_change ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            [
                Revision,
                Target,
                At,
                Actor,
                Reason,
                Action,
                Prior,
                State.Cron,
                State.Paused,
                State.PausedRevision,
                State.Priority,
                State.Concurrency,
            ],
            cancellationToken
        );
        var details = new
        {
            revision = Revision,
            target = Target,
            reason = Reason,
            before = Said(before),
            after = Said(State),
        };
        await session.AuditAsync(At, Actor, $"schedule {Action}", details, cancellationToken);
    }

    public ScheduleVersion Following(ScheduleState? before) =>
        new(Revision, new(Target), State, before ?? ScheduleState.Nothing, At, Actor, Action, Reason);

    private static SqlScheduleChange Read(DbDataReader row)
    {
        var state = new ScheduleState(
            row.TextOrNull(7),
            row.NumberOrNull(8) is { } paused ? paused != 0 : null,
            row.GetInt64(9),
            (int?)row.NumberOrNull(10),
            (int?)row.NumberOrNull(11)
        );
        return new(
            row.GetInt64(0),
            row.GetString(1),
            row.Instant(2),
            row.GetString(3),
            row.GetString(4),
            row.GetString(5),
            row.NumberOrNull(6),
            state
        );
    }

    private static object Said(ScheduleState state) =>
        new
        {
            cron = state.Cron,
            paused = state.Paused,
            priority = state.Priority,
            concurrency = state.Concurrency,
        };
}
