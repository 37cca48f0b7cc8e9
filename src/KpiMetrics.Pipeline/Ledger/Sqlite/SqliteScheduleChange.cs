using System.Globalization;
using System.Text.Json;
using KpiMetrics.Pipeline.Ledger.Sql;
using Microsoft.Data.Sqlite;

namespace KpiMetrics.Pipeline.Ledger.Sqlite;

/// <summary>A row of <c>schedule_change</c>.</summary>
/// <param name="Prior">The row a revert goes back to; 0: to no change at all, null: nothing is left to undo.</param>
internal sealed record SqliteScheduleChange(
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
    public const string Columns =
        "revision, target, at, actor, reason, action, prior, cron, paused, paused_revision, priority, concurrency";

    /// <summary>The number of the change to come; the writer's transaction keeps it free.</summary>
    public static long Next(SqliteConnection connection, SqliteTransaction transaction)
    {
        using var command = connection.Prepare(transaction, "SELECT COALESCE(MAX(revision), 0) + 1 FROM schedule_change", 0);
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    public static SqliteScheduleChange? Last(SqliteConnection connection, SqliteTransaction transaction, ScheduleTarget target)
    {
        using var command = connection
            .Prepare(transaction, $"SELECT {Columns} FROM schedule_change WHERE target = $1 ORDER BY revision DESC LIMIT 1", 1)
            .With(target.Key);
        return ReadAll(command).SingleOrDefault();
    }

    public static SqliteScheduleChange? Find(SqliteConnection connection, SqliteTransaction transaction, long revision)
    {
        using var command = connection
            .Prepare(transaction, $"SELECT {Columns} FROM schedule_change WHERE revision = $1", 1)
            .With(revision);
        return ReadAll(command).SingleOrDefault();
    }

    public static IReadOnlyList<SqliteScheduleChange> ReadAll(SqliteCommand command)
    {
        using var reader = command.ExecuteReader();
        var changes = new List<SqliteScheduleChange>();
        while (reader.Read())
        {
            var state = new ScheduleState(
                reader.TextOrNull(7),
                Number(reader, 8) is { } paused ? paused != 0 : null,
                reader.GetInt64(9),
                (int?)Number(reader, 10),
                (int?)Number(reader, 11)
            );
            changes.Add(
                new(
                    reader.GetInt64(0),
                    reader.GetString(1),
                    reader.Instant(2),
                    reader.GetString(3),
                    reader.GetString(4),
                    reader.GetString(5),
                    Number(reader, 6),
                    state
                )
            );
        }
        return changes;
    }

    /// <summary>Writes the change and its row of the audit trail.</summary>
    public void Insert(SqliteTransaction transaction, ScheduleState before)
    {
        var connection = transaction.Connection ?? throw new InvalidOperationException("The transaction is over.");
        using var insert = connection
            .Prepare(
                transaction,
                $"INSERT INTO schedule_change ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
                12
            )
            .With(
                Revision,
                Target,
                At.ToUnixTimeMilliseconds(),
                Actor,
                Reason,
                Action,
                Prior,
                State.Cron,
                State.Paused,
                State.PausedRevision,
                State.Priority,
                State.Concurrency
            );
        insert.ExecuteNonQuery();
        var details = JsonSerializer.Serialize(
            new
            {
                revision = Revision,
                target = Target,
                reason = Reason,
                before = Said(before),
                after = Said(State),
            },
            LedgerJson.Options
        );
        using var audit = connection
            .Prepare(transaction, "INSERT INTO audit (at, actor, action, details) VALUES ($1, $2, $3, $4)", 4)
            .With(At.ToUnixTimeMilliseconds(), Actor, $"schedule {Action}", details);
        audit.ExecuteNonQuery();
    }

    public ScheduleVersion Following(ScheduleState? before) =>
        new(Revision, new(Target), State, before ?? ScheduleState.Nothing, At, Actor, Action, Reason);

    private static object Said(ScheduleState state) =>
        new
        {
            cron = state.Cron,
            paused = state.Paused,
            priority = state.Priority,
            concurrency = state.Concurrency,
        };

    private static long? Number(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);
}
