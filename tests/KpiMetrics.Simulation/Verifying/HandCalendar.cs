namespace KpiMetrics.Simulation.Verifying;

/// <summary>The offices' days off in 2026, written down by hand a second time.</summary>
internal static class HandCalendar
{
    private static readonly HashSet<DateOnly> Off =
    [
        new(2026, 1, 1),
        new(2026, 1, 2),
        .. Days(new(2026, 2, 14), new(2026, 2, 22)),
        new(2026, 4, 27),
        new(2026, 4, 30),
        new(2026, 5, 1),
        .. Days(new(2026, 8, 29), new(2026, 9, 2)),
    ];

    private static readonly HashSet<DateOnly> Worked = [new(2026, 1, 10), new(2026, 8, 22)];

    /// <summary>The day, or the first after it on which offices work.</summary>
    public static DateOnly Rolled(DateOnly day)
    {
        while (!Worked.Contains(day) && (Off.Contains(day) || day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday))
            day = day.AddDays(1);
        return day;
    }

    private static IEnumerable<DateOnly> Days(DateOnly from, DateOnly to)
    {
        for (var day = from; day <= to; day = day.AddDays(1))
            yield return day;
    }
}
