namespace KpiMetrics.Pipeline.Ledger;

/// <summary>The ledger's side of tuning: what operations changed of the built-in schedule, append-only, with who and why.</summary>
/// <remarks>A change and its row of the audit trail become visible together, to every process.</remarks>
public interface ISchedules
{
    /// <summary>That of the last change, 0 where there was never any: cheap enough to be asked for every second.</summary>
    Task<long> ReadScheduleRevisionAsync(CancellationToken cancellationToken);

    Task<ScheduleOverrides> ReadSchedulesAsync(CancellationToken cancellationToken);

    /// <summary>The changes of one target, newest first.</summary>
    Task<IReadOnlyList<ScheduleVersion>> ReadScheduleHistoryAsync(ScheduleTarget target, CancellationToken cancellationToken);

    /// <summary>Applies a change to what holds of its target at that moment.</summary>
    Task<ScheduleVersion> ChangeScheduleAsync(ScheduleEdit edit, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>
    /// Undoes the last change of a target that is not undone yet, as a change of its own: done twice it goes two changes back.
    /// </summary>
    /// <returns>Null where there is nothing (left) to undo; nothing is recorded then.</returns>
    Task<ScheduleVersion?> RevertScheduleAsync(
        ScheduleTarget target,
        string actor,
        string reason,
        DateTimeOffset at,
        CancellationToken cancellationToken
    );

    /// <summary>Puts into the audit trail what somebody had done once, beside the schedule; nothing changes by it.</summary>
    /// <param name="action"><c>schedule run</c>, <c>backfill</c>.</param>
    /// <param name="details">What exactly, to be written as JSON.</param>
    Task NoteAsync(string actor, string action, object details, DateTimeOffset at, CancellationToken cancellationToken);
}
