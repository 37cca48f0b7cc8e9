using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation.Graph;

/// <summary>A stretch of a series that must be read, both ends included.</summary>
public sealed record ReadRange(SeriesKey Series, Period First, Period Last)
{
    /// <summary>False where only what was reported counts, and not what could be computed in its place.</summary>
    internal bool IsFollowed { get; init; }
}
