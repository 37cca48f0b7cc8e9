using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Core.Derivation;

/// <summary><c>yoy</c>: change against the same period a year before; "so với cùng kỳ năm trước".</summary>
public static class YearOnYear
{
    /// <summary>One entry for each figure of the series: percent (5 means 5 %), or percentage points for rates.</summary>
    public static Derived[] Over(SeriesColumns series, Measure measure)
    {
        var result = new Derived[series.Count];
        for (var i = 0; i < result.Length; i++)
            result[i] = Change.Against(series, measure, i, series.PeriodAt(i).YearEarlier);
        return result;
    }
}
