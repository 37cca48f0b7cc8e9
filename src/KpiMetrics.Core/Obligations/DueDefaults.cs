using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Obligations;

/// <summary>Our own due instants, grace and warning times, for when a decision, an office or an indicator says nothing.</summary>
/// <remarks>
/// None of them is from a decision; each has its reason, and a set file overrides any of them.
/// <list type="table">
/// <item><term>H</term><description>15 minutes after it ends, 30 minutes of grace: machines report it, and it must be there before the next hour is half over. Never rolled: rivers rise on Sundays.</description></item>
/// <item><term>D</term><description>Next day 09:00, 6 hours of grace: there before the morning's briefing, missing by mid-afternoon. Never rolled, as a day's figures are asked for on days off too.</description></item>
/// <item><term>W</term><description>Monday 17:00, rolled, a day of grace: the week ends on Sunday, and the office has its first working day for it.</description></item>
/// <item><term>M</term><description>5 days after the window's end, 17:00, rolled, 3 days of grace: time to close the books of the month, and the figure is there within the first third of the next.</description></item>
/// <item><term>Q, S, A</term><description>The same 5 days, 5 days of grace: they are made of months, and of more offices' figures.</description></item>
/// </list>
/// </remarks>
public static class DueDefaults
{
    private static readonly TimeOnly Morning = new(9, 0);
    private static readonly TimeOnly Evening = new(17, 0);
    private static readonly DueRule Fifth = DueRule.Days(5, Evening, rolls: true);

    /// <summary>Says something of every frequency.</summary>
    public static DueRules Rules { get; } =
        new(
            new Dictionary<Frequency, DueRule>
            {
                [Frequency.Hour] = DueRule.After(TimeSpan.FromMinutes(15)),
                [Frequency.Day] = DueRule.Days(1, Morning),
                [Frequency.Week] = DueRule.Days(1, Evening, rolls: true),
                [Frequency.Month] = Fifth,
                [Frequency.Quarter] = Fifth,
                [Frequency.HalfYear] = Fifth,
                [Frequency.Year] = Fifth,
            },
            new Dictionary<Frequency, Grace>
            {
                [Frequency.Hour] = new(TimeSpan.FromMinutes(30)),
                [Frequency.Day] = new(TimeSpan.FromHours(6)),
                [Frequency.Week] = new(TimeSpan.FromDays(1)),
                [Frequency.Month] = new(TimeSpan.FromDays(3)),
                [Frequency.Quarter] = new(TimeSpan.FromDays(5)),
                [Frequency.HalfYear] = new(TimeSpan.FromDays(5)),
                [Frequency.Year] = new(TimeSpan.FromDays(5)),
            }
        );

    /// <summary>How long before its due instant a figure that is not there counts as due soon: long enough for somebody to act.</summary>
    public static TimeSpan Lead(Frequency frequency) =>
        frequency switch
        {
            Frequency.Hour => TimeSpan.FromMinutes(5),
            Frequency.Day => TimeSpan.FromHours(2),
            Frequency.Week => TimeSpan.FromDays(1),
            Frequency.Month => TimeSpan.FromDays(2),
            _ => TimeSpan.FromDays(5),
        };
}
