namespace KpiMetrics.Core.Periods;

/// <summary>The windows of DESIGN 4.1: which moments a period covers under a rule.</summary>
public static class Windows
{
    // The day of the month before the named period begins, on which its window opens under cutoff-15.
    private const int CutoffDay = 15;

    public static Window Of(Period period, WindowRule rule) =>
        rule == WindowRule.Cutoff15 && period.Frequency >= Frequency.Month
            ? new(Cut(period.Start), Cut(period.End))
            : new(period.Start, period.End);

    /// <summary>What the rule is called in set files.</summary>
    public static string Name(this WindowRule rule) => rule == WindowRule.Cutoff15 ? "cutoff-15" : "calendar";

    private static DateTime Cut(DateTime calendarStart) => calendarStart.AddMonths(-1).AddDays(CutoffDay - 1);
}
