using KpiMetrics.Core.Periods;

namespace KpiMetrics.Worker.Scheduling.Changes;

/// <summary>How often a figure must be looked for: at least once in each of its periods.</summary>
internal static class Mandate
{
    /// <summary>The longest time that may pass between two looks: that of the longest period.</summary>
    public static TimeSpan Of(Frequency frequency) =>
        frequency switch
        {
            Frequency.Hour => TimeSpan.FromHours(1),
            Frequency.Day => TimeSpan.FromDays(1),
            Frequency.Week => TimeSpan.FromDays(7),
            Frequency.Month => TimeSpan.FromDays(31),
            Frequency.Quarter => TimeSpan.FromDays(92),
            Frequency.HalfYear => TimeSpan.FromDays(184),
            _ => TimeSpan.FromDays(366),
        };

    public static string Rule(Frequency frequency) =>
        frequency switch
        {
            Frequency.Hour => "an hourly figure must be looked for at least every hour",
            Frequency.Day => "a daily figure must be looked for at least every day",
            Frequency.Week => "a weekly figure must be looked for at least every week",
            Frequency.Month => "a monthly figure must be looked for at least every month",
            Frequency.Quarter => "a quarterly figure must be looked for at least every quarter",
            Frequency.HalfYear => "a half-yearly figure must be looked for at least every half-year",
            _ => "a yearly figure must be looked for at least every year",
        };
}
