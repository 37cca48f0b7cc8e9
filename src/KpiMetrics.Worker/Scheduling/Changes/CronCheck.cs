using System.Globalization;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Worker.Composition;
using Quartz;
using static System.FormattableString;

namespace KpiMetrics.Worker.Scheduling.Changes;

/// <summary>What can be wrong with a cron expression, by itself and for a duty.</summary>
public static class CronCheck
{
    /// <summary>How many fires are looked at for two that are too close: more than a day of the densest that is allowed.</summary>
    private const int Looked = 10_000;

    private const int PreviewLength = 20;

    /// <summary>The least time between two fires.</summary>
    public static readonly TimeSpan LeastGap = TimeSpan.FromSeconds(10);

    /// <summary>How far ahead an expression is measured.</summary>
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(400);

    /// <summary>Why the expression is refused; null where it is not.</summary>
    public static ScheduleRemark? Fault(string cron, DateTimeOffset at)
    {
        CronExpression expression;
        try
        {
            expression = CronExpression.Parse(cron).WithTimeZone(VietnamTime.Zone);
        }
        catch (FormatException fault)
        {
            return new(
                "invalid-cron",
                $"'{cron}' is not a Quartz cron expression (second minute hour day month weekday, such as '0 30 9 6 * ?'): {fault.Message}"
            );
        }
        if (expression.GetNextValidTimeAfter(at) is not { } fire)
            return new("cron-never-fires", $"'{cron}' never fires after {Text(at)}.");
        for (var i = 0; i < Looked && expression.GetNextValidTimeAfter(fire) is { } next; i++)
        {
            if (next - fire < LeastGap)
            {
                return new(
                    "cron-too-often",
                    Invariant($"'{cron}' fires at {Text(fire)} and again {(next - fire).TotalSeconds:0} s later; ")
                        + Invariant($"at least {LeastGap.TotalSeconds:0} s must lie between.")
                );
            }
            fire = next;
        }
        return null;
    }

    /// <summary>The next fires, twenty at most, by the clock of Vietnam.</summary>
    public static IReadOnlyList<DateTimeOffset> Fires(string cron, DateTimeOffset at)
    {
        var fires = new List<DateTimeOffset>();
        for (var fire = CollectCron.Next(cron, at); fire is { } known; fire = CollectCron.Next(cron, known))
        {
            fires.Add(TimeZoneInfo.ConvertTime(known, VietnamTime.Zone));
            if (fires.Count == PreviewLength)
                break;
        }
        return fires;
    }

    /// <summary>What whoever gives a duty this expression should know.</summary>
    /// <param name="dueOf">When a figure is to be looked for; null where that is not known.</param>
    public static IEnumerable<ScheduleRemark> Warnings(
        Duty duty,
        string cron,
        DateTimeOffset at,
        Func<Duty, Period, DueSpan?> dueOf
    )
    {
        if (CollectCron.Parse(cron) is not { } expression)
            yield break;
        if (LongestGap(expression, Mandate.Of(duty.Frequency), at) is var (from, to))
        {
            yield return new(
                "slower-than-mandate",
                $"{duty}: nothing is looked for between {Text(from)} and {(to is { } end ? Text(end) : "ever after")}; "
                    + $"{Mandate.Rule(duty.Frequency)}."
            );
        }
        if (LateLooks(expression, duty, at, dueOf) is { Count: > 0 } late)
        {
            var (period, look, due) = late[0];
            yield return new(
                "fires-after-due",
                Invariant($"{duty}: {late.Count} of the next periods are first looked for after they are due; ")
                    + $"{period} at {(look is { } first ? Text(first) : "no time")}, due {Text(due)}."
            );
        }
    }

    /// <summary>The longest time without a fire that is longer than <paramref name="allowed"/>; null where there is none before the horizon.</summary>
    private static (DateTimeOffset From, DateTimeOffset? To)? LongestGap(
        CronExpression expression,
        TimeSpan allowed,
        DateTimeOffset at
    )
    {
        (DateTimeOffset From, DateTimeOffset? To)? longest = null;
        var fire = at;
        while (fire < at + Horizon)
        {
            // The last fire within what is allowed: those between need not be looked at one by one.
            if (expression.GetPreviousValidTimeBefore(fire + allowed + TimeSpan.FromSeconds(1)) is { } last && last > fire)
            {
                fire = last;
                continue;
            }
            if (expression.GetNextValidTimeAfter(fire) is not { } next)
                return (fire, null);
            if (longest is not { To: { } end } known || next - fire > end - known.From)
                longest = (fire, next);
            fire = next;
        }
        return longest;
    }

    private static List<(Period Period, DateTimeOffset? Look, DateTimeOffset Due)> LateLooks(
        CronExpression expression,
        Duty duty,
        DateTimeOffset at,
        Func<Duty, Period, DueSpan?> dueOf
    )
    {
        const int most = 400;
        var late = new List<(Period, DateTimeOffset?, DateTimeOffset)>();
        var now = TimeZoneInfo.ConvertTime(at, VietnamTime.Zone).DateTime;
        // The period before may still be waited for.
        var period = Period.At(duty.Frequency, now).Shift(-1);
        for (var i = 0; i < most && period.Start < now + Horizon; i++, period = period.Shift(1))
        {
            if (dueOf(duty, period) is not var (opens, due) || due <= at)
                continue;
            var from = opens > at ? opens : at;
            var look = expression.GetNextValidTimeAfter(from.AddSeconds(-1));
            if (look is null || look > due)
                late.Add((period, look, due));
        }
        return late;
    }

    private static string Text(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, VietnamTime.Zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
