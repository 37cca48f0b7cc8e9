using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Obligations;

/// <summary>When a source that was asked for a period is to be asked for it again.</summary>
/// <remarks>
/// While figures are missing, pauses grow by half with each attempt, from a minute for hours (an emergency cannot wait) to an hour for months; what failed is
/// tried again with doubling pauses, spread by a fifth to either side so that sources are not asked all at once when they come back. What is complete
/// is asked for again a few times, since offices restate. Before the due instant pauses are at most half of the time left, so that what comes just in
/// time is seen in time; long after it they grow with what has passed, so that what never comes costs little: some forty questions more, not hundreds.
/// What has been missing for long is left to <c>backfill</c>.
/// </remarks>
public static class AskAgain
{
    /// <summary>After an answer that left something missing.</summary>
    /// <param name="attempts">How often it was asked by now, from 1.</param>
    /// <param name="left">How long until it is due; negative afterwards.</param>
    public static TimeSpan AfterGap(Frequency frequency, int attempts, TimeSpan left)
    {
        var longest = Longest(frequency);
        if (left > TimeSpan.Zero)
            longest = Shorter(longest, Longer(First(frequency), left / 2));
        else
            longest = Longer(longest, -left / 8);
        return Grown(First(frequency), 1.5, attempts - 1, longest);
    }

    /// <summary>After a failure.</summary>
    /// <param name="failures">How often it has failed since the last answer, from 1.</param>
    /// <param name="spread">0..1, different for different sources and periods.</param>
    public static TimeSpan AfterFailure(Frequency frequency, int failures, double spread)
    {
        var pause = Grown(Shorter(First(frequency) / 2, TimeSpan.FromMinutes(5)), 2, failures - 1, Longest(frequency) / 2);
        return pause * (0.8 + 0.4 * spread);
    }

    /// <summary>After an answer that left nothing missing: how soon a restatement is looked for.</summary>
    public static TimeSpan AfterComplete(Frequency frequency) =>
        frequency switch
        {
            Frequency.Hour => TimeSpan.FromHours(1),
            Frequency.Day => TimeSpan.FromHours(12),
            _ => TimeSpan.FromDays(1),
        };

    /// <summary>For how long after it was due a period is still asked for.</summary>
    public static TimeSpan GivenUpAfter(Frequency frequency) =>
        frequency switch
        {
            Frequency.Hour => TimeSpan.FromDays(14),
            Frequency.Day => TimeSpan.FromDays(92),
            Frequency.Week => TimeSpan.FromDays(366),
            _ => TimeSpan.FromDays(3 * 366),
        };

    private static TimeSpan First(Frequency frequency) =>
        frequency switch
        {
            Frequency.Hour => TimeSpan.FromMinutes(1),
            Frequency.Day => TimeSpan.FromMinutes(10),
            _ => TimeSpan.FromHours(1),
        };

    private static TimeSpan Longest(Frequency frequency) =>
        frequency switch
        {
            Frequency.Hour => TimeSpan.FromMinutes(10),
            Frequency.Day => TimeSpan.FromHours(4),
            _ => TimeSpan.FromHours(12),
        };

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Grown(TimeSpan first, double factor, int times, TimeSpan longest)
    {
        var grown = first.TotalSeconds * Math.Pow(factor, Math.Clamp(times, 0, 30));
        return grown < longest.TotalSeconds ? TimeSpan.FromSeconds(grown) : longest;
    }
}
