using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Core.Derivation;

/// <summary><c>year_end</c>: change against the last period of the year before; "so với tháng 12 năm trước".</summary>
public static class AgainstYearEnd
{
    /// <summary>One entry for each figure of the series: percent (5 means 5 %), or points for rates and scores.</summary>
    public static DerivedColumn Over(SeriesColumns series, Measure measure) => Change.Over(series, measure, Counterpart.YearEnd);
}
