namespace KpiMetrics.Core.Periods;

/// <summary>The windows of DESIGN 4.1: which moments a period covers under a rule.</summary>
public static class Windows
{
    /// <summary>What a message lists as allowed.</summary>
    public const string Allowed = "calendar, cutoff-15";

    // The day of the month before the named period begins, on which its window opens under cutoff-15.
    private const int CutoffDay = 15;

    public static Window Of(Period period, WindowRule rule) =>
        rule == WindowRule.Cutoff15 && period.Frequency >= Frequency.Month
            ? new(Cut(period.Start), Cut(period.End))
            : new(period.Start, period.End);

    public static bool TryParse(string? text, out WindowRule rule)
    {
        rule = text == "cutoff-15" ? WindowRule.Cutoff15 : WindowRule.Calendar;
        return text is "calendar" or "cutoff-15";
    }

    public static string Name(this WindowRule rule) => rule == WindowRule.Cutoff15 ? "cutoff-15" : "calendar";

    private static DateTime Cut(DateTime calendarStart) => calendarStart.AddMonths(-1).AddDays(CutoffDay - 1);
}
