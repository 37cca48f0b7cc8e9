namespace KpiMetrics.Core.Periods;

/// <summary>How often a figure is reported, finest first; the codes are SDMX CL_FREQ.</summary>
public enum Frequency
{
    /// <summary>H: an hour of the clock in Asia/Ho_Chi_Minh.</summary>
    Hour,

    /// <summary>D: a calendar day.</summary>
    Day,

    /// <summary>W: an ISO 8601 week, Monday to Sunday.</summary>
    Week,

    /// <summary>M: a month.</summary>
    Month,

    /// <summary>Q: a quarter.</summary>
    Quarter,

    /// <summary>S: a half-year ("6 tháng").</summary>
    HalfYear,

    /// <summary>A: a year.</summary>
    Year,
}
