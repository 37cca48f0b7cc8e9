using KpiMetrics.Core.Periods;

namespace KpiMetrics.Worker.Demo;

/// <summary>When offices send: in few rounds a period, as they do through a province's exchange.</summary>
internal static class DemoTimes
{
    private const double Late = 0.05;
    private const double Early = 0.10;
    private const int Rounds = 6;

    /// <summary>Of 100 reports 5 are late, 10 come right after the window closes, all others in between.</summary>
    public static DateTimeOffset First(DemoDice chance, Frequency frequency, DateTimeOffset closes, DateTimeOffset due)
    {
        var gap = due - closes;
        if (gap <= TimeSpan.Zero)
            return closes + RightAfter(frequency) * (1 + chance.And("late").Below(3)); // due when it closes: nobody can be in time
        var place = chance.Unit;
        if (place < Late)
            return Minute(due + gap * (0.25 * (1 + chance.And("late").Below(5))));
        return place < Late + Early
            ? closes + RightAfter(frequency)
            : Minute(closes + gap * ((1.0 + chance.And("round").Below(Rounds - 1)) / Rounds));
    }

    public static DateTimeOffset Again(Frequency frequency, DateTimeOffset first) =>
        first + (frequency == Frequency.Hour ? TimeSpan.FromMinutes(20) : TimeSpan.FromHours(6));

    public static DateTimeOffset Corrected(DemoDice chance, Frequency frequency, DateTimeOffset first) =>
        frequency switch
        {
            Frequency.Hour => first.AddHours(2),
            Frequency.Day => first.AddDays(1 + chance.And("corrected").Below(3)),
            _ => first.AddDays(3 + chance.And("corrected").Below(7)),
        };

    public static DateTimeOffset Official(DateTimeOffset first) => first.AddDays(25);

    private static TimeSpan RightAfter(Frequency frequency) => TimeSpan.FromMinutes(frequency == Frequency.Hour ? 1 : 5);

    private static DateTimeOffset Minute(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMinute));
}
