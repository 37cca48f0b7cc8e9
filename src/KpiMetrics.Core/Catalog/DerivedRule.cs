namespace KpiMetrics.Core.Catalog;

/// <summary>The rule by which a row of a decision's table follows from other rows.</summary>
public enum DerivedRule
{
    /// <summary><c>pop</c>: against the period before.</summary>
    Pop,

    /// <summary><c>yoy</c>: against the same period a year before.</summary>
    Yoy,

    /// <summary><c>ytd</c>: the running total of the year ("Lũy kế").</summary>
    Ytd,

    /// <summary><c>ytd_yoy</c>: the running total against that of a year before.</summary>
    YtdYoy,

    /// <summary><c>plan</c>: against the plan, budget or scenario.</summary>
    Plan,

    /// <summary><c>season</c>: against the crop season before.</summary>
    Season,

    /// <summary><c>season_yoy</c>: against the same crop season a year before.</summary>
    SeasonYoy,

    /// <summary><c>year_end</c>: against the last period of the year before ("so với tháng 12 năm trước").</summary>
    YearEnd,

    /// <summary><c>ratio</c>: first input over second; times 100 where the unit is %.</summary>
    Ratio,

    /// <summary><c>share</c>: part (first input) of a total (second).</summary>
    Share,

    /// <summary><c>sum</c>: total of the inputs.</summary>
    Sum,

    /// <summary><c>difference</c>: the first input less the others.</summary>
    Difference,
}
