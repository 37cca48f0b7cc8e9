namespace KpiMetrics.Worker.Scheduling.Backfills;

/// <summary>What a backfill brought.</summary>
/// <param name="Answered">Questions that were answered, however little the answer held.</param>
/// <param name="Failed">Questions that were not: the source was away, or its answer broken.</param>
/// <param name="Recorded">Figures that are new.</param>
/// <param name="Repeated">Figures that were known.</param>
/// <param name="Refused">Rows that were refused.</param>
public sealed record BackfillResult(int Answered, int Failed, int Recorded, int Repeated, int Refused)
{
    public static BackfillResult operator +(BackfillResult one, BackfillResult other) =>
        new(
            one.Answered + other.Answered,
            one.Failed + other.Failed,
            one.Recorded + other.Recorded,
            one.Repeated + other.Repeated,
            one.Refused + other.Refused
        );
}
