namespace KpiMetrics.Core.Periods;

/// <summary>The windows of DESIGN 4.1: which moments a period covers under a rule.</summary>
public static class Windows
{
    // The day of the month before the named period begins, on which its window opens under cutoff-15.
    private const int CutoffDay = 15;

    public static Window Of(Period period, WindowRule rule) => Of(period, new WindowForm(rule));

    public static Window Of(Period period, WindowForm form)
    {
        if (period.Frequency == Frequency.Hour)
            return new(period.Start, period.End);
        return form.Rule == WindowRule.Cutoff15 && period.Frequency >= Frequency.Month
            ? new(Cut(period.Start) + form.Offset, Cut(period.End) + form.Offset)
            : new(period.Start + form.Offset, period.End + form.Offset);
    }

    /// <summary>
    /// The finer periods whose windows together are the window of <paramref name="whole"/>, in order: under cutoff-15 the days of the month
    /// 2025-11 are those from 15 October to 14 November. Empty where finer ones do not fit: weeks in a month, anything in an hour.
    /// </summary>
    public static IEnumerable<Period> Parts(Period whole, Frequency finer, WindowForm form)
    {
        if (finer >= whole.Frequency || finer == Frequency.Week)
            return [];
        if (finer >= Frequency.Month)
            return whole.Parts(finer);
        var window = Of(whole, form);
        // A day is named for its calendar day, whenever it begins; an hour is what the clock says.
        var shift = finer == Frequency.Day ? form.Offset : TimeSpan.Zero;
        return Between(finer, window.Start - shift, window.End - shift);
    }

    /// <summary>The coarser period whose window holds that of <paramref name="part"/>; null where none holds it whole, or none of the years 1900..2199.</summary>
    public static Period? Within(Period part, Frequency coarser, WindowForm form)
    {
        if (coarser <= part.Frequency || part.Frequency == Frequency.Week)
            return null;
        var calendar = part.Frequency == Frequency.Hour ? part.Start - form.Offset : part.Start;
        if (
            form.Rule == WindowRule.Cutoff15
            && coarser >= Frequency.Month
            && part.Frequency < Frequency.Month
            && calendar.Day >= CutoffDay
        )
            calendar = new DateTime(calendar.Year, calendar.Month, 1, 0, 0, 0, DateTimeKind.Unspecified).AddMonths(1);
        return calendar.Year is >= Period.FirstYear and <= Period.LastYear ? Period.At(coarser, calendar) : null;
    }

    /// <summary>What the rule is called in set files.</summary>
    public static string Name(this WindowRule rule) => rule == WindowRule.Cutoff15 ? "cutoff-15" : "calendar";

    private static IEnumerable<Period> Between(Frequency frequency, DateTime start, DateTime end)
    {
        if (start.Year < Period.FirstYear || end.AddTicks(-1).Year > Period.LastYear)
            yield break;
        var last = Period.At(frequency, end.AddTicks(-1)).Index;
        for (var index = Period.At(frequency, start).Index; index <= last; index++)
            yield return Period.FromIndex(frequency, index);
    }

    private static DateTime Cut(DateTime calendarStart) => calendarStart.AddMonths(-1).AddDays(CutoffDay - 1);
}
