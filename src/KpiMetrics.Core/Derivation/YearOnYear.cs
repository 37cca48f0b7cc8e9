using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Core.Derivation;

/// <summary><c>yoy</c>: change against the same period a year before; "so với cùng kỳ năm trước".</summary>
/// <remarks>
/// Like is compared with like: an estimate with what was the estimate a year before, where that is known; otherwise with the newest
/// figure of that period.
/// </remarks>
public static class YearOnYear
{
    /// <summary>One entry for each figure of the series: percent (5 means 5 %), or points for rates and scores.</summary>
    public static DerivedColumn Over(SeriesColumns series, Measure measure) =>
        Change.Over(series, measure, Counterpart.YearEarlier);
}
