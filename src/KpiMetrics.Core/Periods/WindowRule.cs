namespace KpiMetrics.Core.Periods;

/// <summary>Which days a period covers.</summary>
public enum WindowRule
{
    /// <summary><c>calendar</c>: the calendar's own first to last day.</summary>
    Calendar,

    /// <summary>
    /// <c>cutoff-15</c>: periods end on the 14th (Decree 09/2019/NĐ-CP, on the regime of reporting): the month 2025-11 is
    /// 15 Oct .. 14 Nov, the year 2025 is 15 Dec 2024 .. 14 Dec 2025. Hours, days and weeks stay the calendar's.
    /// </summary>
    Cutoff15,
}
