using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Worker.Scheduling.Changes;

/// <summary>What there is to say of a change, and whether it was made.</summary>
/// <param name="Faults">Not empty: it is refused, and nothing below is filled in.</param>
/// <param name="Warnings">Not empty: it is made only for who insists.</param>
/// <param name="Jobs">The jobs it is about, as they will be.</param>
/// <param name="Touched">The obligations it may delay.</param>
/// <param name="Done">The change as recorded; null where nothing was changed.</param>
public sealed record ScheduleVerdict(
    IReadOnlyList<ScheduleRemark> Faults,
    IReadOnlyList<ScheduleRemark> Warnings,
    IReadOnlyList<JobPreview> Jobs,
    IReadOnlyList<TouchedObligations> Touched,
    ScheduleVersion? Done = null
)
{
    public static ScheduleVerdict Refused(params IReadOnlyList<ScheduleRemark> faults) => new(faults, [], [], []);
}
