using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Core.Derivation;

/// <summary><c>pop</c>: change against the period before; "so với tháng trước" of a monthly figure.</summary>
public static class PeriodOnPeriod
{
    /// <summary>One entry for each figure of the series: percent (5 means 5 %), or points for rates and scores.</summary>
    public static DerivedColumn Over(SeriesColumns series, Measure measure) => Change.Over(series, measure, Counterpart.Previous);
}
