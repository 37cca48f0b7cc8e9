using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>A point of which fields were deleted, to be looked at again.</summary>
/// <param name="Fields">Which it may have all the same (<see cref="PublishedPoint"/>); 0: it should not be there.</param>
public sealed record DeletedPoint(int SeriesId, SeriesKey Series, Period Period, int Fields)
{
    /// <summary>When its time came; another once it was deleted from again.</summary>
    public required DateTimeOffset LookAt { get; init; }

    public required bool IsLastLook { get; init; }
}
