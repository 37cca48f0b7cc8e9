using System.Collections.Frozen;
using KpiMetrics.Core.Obligations;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>Everything that operations say of the schedule, as it was at one moment.</summary>
/// <param name="Revision">That of the last change; 0 where there was never any.</param>
public sealed record ScheduleOverrides(long Revision, FrozenDictionary<ScheduleTarget, ScheduleState> States)
{
    public static ScheduleOverrides None { get; } = new(0, FrozenDictionary<ScheduleTarget, ScheduleState>.Empty);

    public ScheduleState Of(ScheduleTarget target) => States.GetValueOrDefault(target) ?? ScheduleState.Nothing;

    /// <summary>What holds of a duty: its own word before its indicator's; of two words about pausing, the later.</summary>
    public ScheduleState Of(Duty duty)
    {
        if (States.Count == 0)
            return ScheduleState.Nothing;
        var own = Of(ScheduleTarget.Of(duty));
        var whole = Of(ScheduleTarget.Of(duty.Set, duty.Indicator));
        var later = whole.PausedRevision > own.PausedRevision ? whole : own;
        return new(own.Cron ?? whole.Cron, later.Paused, later.PausedRevision, own.Priority ?? whole.Priority, null);
    }
}
