using System.Globalization;
using KpiMetrics.Core.Periods;
using KpiMetrics.Worker.Composition;
using Quartz;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>When the job of an indicator looks for figures: often enough for its frequency, and not all at the same moment.</summary>
public static class CollectCron
{
    /// <summary>The configured expression, or the built-in one with second and minute spread by a hash that stays the same for ever.</summary>
    public static string For(string set, string indicator, Frequency frequency, IDictionary<string, string> configured)
    {
        if (configured.TryGetValue(frequency.Code(), out var cron))
            return cron;
        var spread = Hash($"{set}/{indicator}/{frequency.Code()}");
        var second = spread % 60;
        var minute = spread / 60;
        return frequency switch
        {
            Frequency.Hour => string.Create(CultureInfo.InvariantCulture, $"{second} * * * * ?"),
            Frequency.Day => string.Create(CultureInfo.InvariantCulture, $"{second} {minute % 15}/15 * * * ?"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{second} {minute % 60} * * * ?"),
        };
    }

    /// <summary>Whether Quartz understands the expression.</summary>
    public static bool IsValid(string cron) => Parse(cron) is not null;

    /// <summary>The first fire after the instant, by the clock of Vietnam; null where there is none, or where Quartz does not understand the expression.</summary>
    public static DateTimeOffset? Next(string cron, DateTimeOffset after) => Parse(cron)?.GetNextValidTimeAfter(after);

    /// <summary>By the clock of Vietnam; null where Quartz does not understand the expression.</summary>
    internal static CronExpression? Parse(string cron)
    {
        try
        {
            return CronExpression.Parse(cron).WithTimeZone(VietnamTime.Zone);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>One line for each configured expression that has no moment left after <paramref name="at"/>, which no scheduler takes.</summary>
    public static IEnumerable<string> Faults(IDictionary<string, string> configured, DateTimeOffset at) =>
        from entry in configured
        where Next(entry.Value, at) is null
        select $"Schedule:Cron:{entry.Key} is '{entry.Value}', which never comes again.";

    // FNV-1a: string.GetHashCode differs from run to run.
    private static uint Hash(string text)
    {
        var hash = 2166136261u;
        foreach (var letter in text)
            hash = unchecked((hash ^ letter) * 16777619u);
        return hash;
    }
}
