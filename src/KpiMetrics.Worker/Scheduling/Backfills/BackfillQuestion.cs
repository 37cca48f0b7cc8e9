using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Worker.Scheduling.Backfills;

/// <summary>One question of a backfill: consecutive periods of a duty, asked of a source.</summary>
/// <param name="Periods">Of one frequency, oldest first, at least one.</param>
/// <param name="Window">From the first period's opening to the last one's close.</param>
public sealed record BackfillQuestion(Duty Duty, string Source, IReadOnlyList<Period> Periods, Window Window)
{
    /// <summary><c>lao-cai/LC-A01/M from so-y-te: 2025-01..2025-12</c></summary>
    public override string ToString() =>
        Periods.Count == 1 ? $"{Duty} from {Source}: {Periods[0]}" : $"{Duty} from {Source}: {Periods[0]}..{Periods[^1]}";
}
